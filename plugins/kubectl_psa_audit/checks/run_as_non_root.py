"""Containers must be required to run as non-root users, unless the pod is in a user namespace.

Restricted Fields:
    spec.securityContext.runAsNonRoot
    spec.containers[*].securityContext.runAsNonRoot
    spec.initContainers[*].securityContext.runAsNonRoot
Allowed Values:
    true
    undefined/null at container-level if pod-level is set to true
    any value if "hostUsers" is false

Mirrors policy/check_runAsNonRoot.go.
"""

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = "runAsNonRoot != true"


def run_as_non_root_1_0(pod: PodView) -> Forbidden | None:
    """Refuses a false and, where there is none, containers for which nobody says true."""
    explicit = [setter for setter in pod.setters if setter.context.run_as_non_root is False]
    if explicit:
        return Forbidden(
            REASON,
            f"{wording.setters(explicit)} must not set securityContext.runAsNonRoot=false",
            tuple(
                Field(setter.container, f"{setter.path}.runAsNonRoot", False, "true")
                for setter in explicit
            ),
        )
    if pod.spec.security_context.run_as_non_root:
        return None
    implicit = [place for place in pod.places if place.context.run_as_non_root is None]
    if not implicit:
        return None
    return Forbidden(
        REASON,
        f"pod or {wording.containers(implicit)} must set securityContext.runAsNonRoot=true",
        tuple(
            Field(place.name, f"{place.path}.securityContext.runAsNonRoot", None, "true")
            for place in implicit
        ),
    )


def run_as_non_root_1_35(pod: PodView) -> Forbidden | None:
    """Admits pods in a user namespace (KEP-127)."""
    return None if pod.in_user_namespace else run_as_non_root_1_0(pod)


CHECK = Check(
    "runAsNonRoot",
    Level.RESTRICTED,
    (Revision(0, run_as_non_root_1_0), Revision(35, run_as_non_root_1_35)),
)

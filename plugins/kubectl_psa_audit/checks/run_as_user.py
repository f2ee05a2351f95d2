"""Containers must not set runAsUser: 0, unless the pod is in a user namespace.

Restricted Fields:
    spec.securityContext.runAsUser
    spec.containers[*].securityContext.runAsUser
    spec.initContainers[*].securityContext.runAsUser
Allowed Values:
    non-zero values
    undefined/null
    any value if "hostUsers" is false

Mirrors policy/check_runAsUser.go.
"""

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = "runAsUser=0"


def run_as_user_1_23(pod: PodView) -> Forbidden | None:
    """Refuses root by number."""
    bad = [setter for setter in pod.setters if setter.context.run_as_user == 0]
    if not bad:
        return None
    return Forbidden(
        REASON,
        f"{wording.setters(bad)} must not set runAsUser=0",
        tuple(
            Field(setter.container, f"{setter.path}.runAsUser", 0, "not 0, or absent")
            for setter in bad
        ),
    )


def run_as_user_1_35(pod: PodView) -> Forbidden | None:
    """Admits pods in a user namespace (KEP-127)."""
    return None if pod.in_user_namespace else run_as_user_1_23(pod)


CHECK = Check(
    "runAsUser",
    Level.RESTRICTED,
    (Revision(23, run_as_user_1_23), Revision(35, run_as_user_1_35)),
)

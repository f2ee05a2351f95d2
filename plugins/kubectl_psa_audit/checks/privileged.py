"""Privileged Pods disable most security mechanisms and must be disallowed.

Restricted Fields:
    spec.containers[*].securityContext.privileged
    spec.initContainers[*].securityContext.privileged
Allowed Values: false, undefined/null

Mirrors policy/check_privileged.go.
"""

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = "privileged"


def privileged_1_0(pod: PodView) -> Forbidden | None:
    """Refuses privileged containers."""
    bad = [place for place in pod.places if place.context.privileged]
    if not bad:
        return None
    return Forbidden(
        REASON,
        f"{wording.containers(bad)} must not set securityContext.privileged=true",
        tuple(
            Field(place.name, f"{place.path}.securityContext.privileged", True, "false")
            for place in bad
        ),
    )


CHECK = Check("privileged", Level.BASELINE, (Revision(0, privileged_1_0),))

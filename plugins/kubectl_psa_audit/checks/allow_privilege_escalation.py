"""Privilege escalation (such as via set-user-ID or set-group-ID file mode) should not be allowed.

Restricted Fields:
    spec.containers[*].securityContext.allowPrivilegeEscalation
    spec.initContainers[*].securityContext.allowPrivilegeEscalation
Allowed Values: false

Mirrors policy/check_allowPrivilegeEscalation.go.
"""

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = "allowPrivilegeEscalation != false"


def allow_privilege_escalation_1_8(pod: PodView) -> Forbidden | None:
    """Refuses containers that do not say no; 1.8 is the release that brought the field."""
    bad = [place for place in pod.places if place.context.allow_privilege_escalation is not False]
    if not bad:
        return None
    return Forbidden(
        REASON,
        f"{wording.containers(bad)} must set securityContext.allowPrivilegeEscalation=false",
        tuple(
            Field(
                place.name,
                f"{place.path}.securityContext.allowPrivilegeEscalation",
                place.context.allow_privilege_escalation,
                "false",
            )
            for place in bad
        ),
    )


def allow_privilege_escalation_1_25(pod: PodView) -> Forbidden | None:
    """Admits Windows pods, which cannot have the field."""
    return None if pod.is_windows else allow_privilege_escalation_1_8(pod)


CHECK = Check(
    "allowPrivilegeEscalation",
    Level.RESTRICTED,
    (
        Revision(8, allow_privilege_escalation_1_8),
        Revision(25, allow_privilege_escalation_1_25),
    ),
)

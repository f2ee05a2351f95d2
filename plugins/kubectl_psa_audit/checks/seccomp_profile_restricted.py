"""Seccomp profiles must be specified, and only runtime default and localhost profiles are allowed.

v1.19+:
Restricted Fields:
    spec.securityContext.seccompProfile.type
    spec.containers[*].securityContext.seccompProfile.type
    spec.initContainers[*].securityContext.seccompProfile.type
Allowed Values: 'RuntimeDefault', 'Localhost'
Note: container-level fields may be undefined if pod-level field is specified.

Mirrors policy/check_seccompProfile_restricted.go.
"""

from kubectl_psa_audit.checks import seccomp_profile_baseline as baseline
from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.profiles import WANTED_TYPE
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = baseline.REASON


def seccomp_profile_restricted_1_19(pod: PodView) -> Forbidden | None:
    """Refuses other profiles and, where there are none of those, containers without any."""
    if found := baseline.refuse_types(baseline.choices(pod)):
        return found
    if pod.spec.security_context.seccomp_profile is not None:
        return None
    bad = [place for place in pod.places if place.context.seccomp_profile is None]
    if not bad:
        return None
    return Forbidden(
        REASON,
        f"pod or {wording.containers(bad)} must set securityContext.seccompProfile.type"
        ' to "RuntimeDefault" or "Localhost"',
        tuple(
            Field(
                place.name, f"{place.path}.securityContext.seccompProfile.type", None, WANTED_TYPE
            )
            for place in bad
        ),
    )


def seccomp_profile_restricted_1_25(pod: PodView) -> Forbidden | None:
    """Admits Windows pods, which cannot have a profile."""
    return None if pod.is_windows else seccomp_profile_restricted_1_19(pod)


CHECK = Check(
    "seccompProfile_restricted",
    Level.RESTRICTED,
    (
        Revision(19, seccomp_profile_restricted_1_19, overrides=(baseline.CHECK.id,)),
        Revision(25, seccomp_profile_restricted_1_25, overrides=(baseline.CHECK.id,)),
    ),
)

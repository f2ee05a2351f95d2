"""If seccomp profiles are specified, only runtime default and localhost profiles are allowed.

v1.0 - v1.18:
Restricted Fields:
    metadata.annotations['seccomp.security.alpha.kubernetes.io/pod']
    metadata.annotations['container.seccomp.security.alpha.kubernetes.io/*']
Allowed Values: 'runtime/default', 'docker/default', 'localhost/*', undefined

v1.19+:
Restricted Fields:
    spec.securityContext.seccompProfile.type
    spec.containers[*].securityContext.seccompProfile.type
    spec.initContainers[*].securityContext.seccompProfile.type
Allowed Values: 'RuntimeDefault', 'Localhost', undefined

Mirrors policy/check_seccompProfile_baseline.go.
"""

from collections.abc import Sequence

from kubectl_psa_audit.checks import profiles, wording
from kubectl_psa_audit.checks.check import Check, Forbidden, Revision
from kubectl_psa_audit.checks.profiles import Choice
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level
from kubectl_psa_audit.pod import SECCOMP_POD, SECCOMP_PREFIX

REASON = "seccompProfile"


def seccomp_profile_baseline_1_0(pod: PodView) -> Forbidden | None:
    """Refuses other profiles in the annotations of the pod and of the containers that it has."""
    if not pod.annotations:
        return None
    names = [place.name for place in pod.places]
    asked = {SECCOMP_POD: ""} | {f"{SECCOMP_PREFIX}{name}": name for name in names}
    refused = {
        key: value
        for key in asked
        if (value := pod.annotations.get(key)) is not None and not _is_allowed(value)
    }
    if not refused:
        return None
    written = sorted(profiles.written(key, value) for key, value in refused.items())
    return Forbidden(
        REASON,
        f"forbidden {wording.plural('annotation', written)} {', '.join(written)}",
        tuple(profiles.annotation(asked[key], key, value) for key, value in refused.items()),
    )


def _is_allowed(profile: str) -> bool:
    return profile in ("runtime/default", "docker/default") or profile.startswith("localhost/")


def seccomp_profile_baseline_1_19(pod: PodView) -> Forbidden | None:
    """Refuses other profiles in the fields; annotations count no more."""
    return refuse_types(choices(pod))


def choices(pod: PodView) -> list[Choice]:
    """Whoever chooses a seccomp profile."""
    return [
        (setter, profile)
        for setter in pod.setters
        if (profile := setter.context.seccomp_profile) is not None
    ]


def refuse_types(chosen: Sequence[Choice]) -> Forbidden | None:
    """Refuses those that choose anything but a default or a local profile."""
    refused = profiles.refused(chosen)
    if not refused:
        return None
    who = wording.setters([setter for setter, _ in refused])
    types = wording.quoted(profiles.types(refused))
    return Forbidden(
        REASON,
        f"{who} must not set securityContext.seccompProfile.type to {types}",
        profiles.fields(refused, "seccompProfile"),
    )


CHECK = Check(
    "seccompProfile_baseline",
    Level.BASELINE,
    (
        Revision(0, seccomp_profile_baseline_1_0),
        Revision(19, seccomp_profile_baseline_1_19),
    ),
)

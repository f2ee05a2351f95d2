"""On supported hosts, the 'runtime/default' AppArmor profile is applied by default.

The baseline policy should prevent overriding or disabling the default AppArmor
profile, or restrict overrides to an allowed set of profiles.

Restricted Fields:
    metadata.annotations['container.apparmor.security.beta.kubernetes.io/*']
Allowed Values: 'runtime/default', 'localhost/*', empty, undefined

Restricted Fields:
    spec.securityContext.appArmorProfile.type
    spec.containers[*].securityContext.appArmorProfile.type
    spec.initContainers[*].securityContext.appArmorProfile.type
    spec.ephemeralContainers[*].securityContext.appArmorProfile.type
Allowed Values: 'RuntimeDefault', 'Localhost', undefined

Mirrors policy/check_appArmorProfile.go.
"""

from kubectl_psa_audit.checks import profiles, wording
from kubectl_psa_audit.checks.check import Check, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level
from kubectl_psa_audit.pod import APP_ARMOR_PREFIX

REASON = "forbidden AppArmor profile"


def app_armor_profile_1_0(pod: PodView) -> Forbidden | None:
    """Refuses other profiles, of fields and of the annotations that came before them."""
    chosen = [
        (setter, profile)
        for setter in pod.setters
        if (profile := setter.context.app_armor_profile) is not None
    ]
    refused = profiles.refused(chosen)
    annotations = _refused_annotations(pod)
    if not refused and not annotations:
        return None
    written = sorted(profiles.written(key, value) for key, value in annotations.items())
    values = [*profiles.types(refused), *written]
    who = [wording.setters([setter for setter, _ in refused])] if refused else []
    if annotations:
        who.append(wording.plural("annotation", annotations))
    return Forbidden(
        wording.plural(REASON, values),
        f"{' and '.join(who)} must not set AppArmor profile type to {wording.quoted(values)}",
        profiles.fields(refused, "appArmorProfile")
        + tuple(
            profiles.annotation(key.removeprefix(APP_ARMOR_PREFIX), key, value)
            for key, value in sorted(annotations.items())
        ),
    )


def _refused_annotations(pod: PodView) -> dict[str, str]:
    return {
        key: value
        for key, value in pod.annotations.items()
        if key.startswith(APP_ARMOR_PREFIX) and not _is_allowed(value)
    }


def _is_allowed(profile: str) -> bool:
    return profile in ("", "runtime/default") or profile.startswith("localhost/")


CHECK = Check("appArmorProfile", Level.BASELINE, (Revision(0, app_armor_profile_1_0),))

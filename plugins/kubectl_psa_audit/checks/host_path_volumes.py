"""HostPath volumes must be forbidden.

Restricted Fields:
    spec.volumes[*].hostPath
Allowed Values: undefined/null

Mirrors policy/check_hostPathVolumes.go.
"""

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = "hostPath volumes"


def host_path_volumes_1_0(pod: PodView) -> Forbidden | None:
    """Refuses volumes that are folders of the node."""
    bad = [
        (at, volume.name, volume.host_path.path)
        for at, volume in enumerate(pod.spec.volumes)
        if volume.host_path is not None
    ]
    if not bad:
        return None
    return Forbidden(
        REASON,
        wording.listed("volume", [name for _, name, _ in bad]),
        tuple(
            Field("", f"volumes[{at}].hostPath", {"path": path}, "absent") for at, _, path in bad
        ),
    )


CHECK = Check("hostPathVolumes", Level.BASELINE, (Revision(0, host_path_volumes_1_0),))

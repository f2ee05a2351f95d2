"""The default /proc masks are set up to reduce attack surface.

They should be required by the baseline policy unless the pod is in a user namespace
("hostUsers: false").

Restricted Fields:
    spec.containers[*].securityContext.procMount
    spec.initContainers[*].securityContext.procMount
Allowed Values: undefined/null, "Default" (or any value if "hostUsers" is false)

Mirrors policy/check_procMount_baseline.go.
"""

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = "procMount"
ALLOWED = (None, "Default")


def proc_mount_1_0(pod: PodView) -> Forbidden | None:
    """Refuses an unmasked /proc."""
    bad = [place for place in pod.places if place.context.proc_mount not in ALLOWED]
    if not bad:
        return None
    types = wording.quoted(sorted({str(place.context.proc_mount) for place in bad}))
    return Forbidden(
        REASON,
        f"{wording.containers(bad)} must not set securityContext.procMount to {types}",
        tuple(
            Field(
                place.name,
                f"{place.path}.securityContext.procMount",
                place.context.proc_mount,
                "Default",
            )
            for place in bad
        ),
    )


def proc_mount_1_35(pod: PodView) -> Forbidden | None:
    """Admits anything in a user namespace."""
    return None if pod.in_user_namespace else proc_mount_1_0(pod)


CHECK = Check(
    "procMount",
    Level.BASELINE,
    (Revision(0, proc_mount_1_0), Revision(35, proc_mount_1_35)),
)

"""Schedulable: the pod would fit now."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting

RETRY = "the scheduler tries again when something changes, and after 5 minutes at the latest"


def schedulable(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod that some node would take as the cluster is now."""
    if not evidence.fits:
        return None
    shown = ", ".join(evidence.fits[:3]) + (" and more" if len(evidence.fits) > 3 else "")
    return Waiting("Schedulable", f"it would fit now, on {shown}", (), (RETRY,))

"""Schedulable: the pod would fit now."""

from datetime import datetime

from kubectl_fieldkit.ages import human_duration
from kubectl_why_pending.agreement import condition_of
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import DEFAULT_SCHEDULER
from kubectl_why_pending.waiting.evidence import Evidence, Waiting

# podMaxInUnschedulablePodsDuration, and the 30 s at which the queue looks for it.
RETRY = "the scheduler tries again when something changes, and within 5m30s of its last try"


def schedulable(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod that some node would take as the cluster is now."""
    if not evidence.fits:
        return None
    shown = ", ".join(evidence.fits[:3]) + (" and more" if len(evidence.fits) > 3 else "")
    tried = _last_known_try(pod, evidence)
    ago = human_duration((evidence.now - tried).total_seconds()) if tried else ""
    lines = (f"its last known try was {ago} ago",) if ago else ()
    return Waiting("Schedulable", f"it would fit now, on {shown}", lines, (RETRY,))


def _last_known_try(pod: Pod, evidence: Evidence) -> datetime | None:
    """By the scheduler's own events and the condition; a series of events is written late."""
    scheduler = pod.spec.scheduler_name or DEFAULT_SCHEDULER
    said = [e.said_at for e in evidence.said("FailedScheduling") if e.said_by == scheduler]
    condition = condition_of(pod, "PodScheduled")
    said.append(condition.last_transition_time if condition else None)
    return max((moment for moment in said if moment), default=None)

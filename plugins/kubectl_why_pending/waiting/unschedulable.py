"""Unschedulable: no node takes the pod."""

from kubectl_why_pending.agreement import condition_of
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting


def unschedulable(pod: Pod, evidence: Evidence) -> Waiting:
    """The scheduler tried, and every node refuses the pod, or the scheduler itself failed."""
    condition = condition_of(pod, "PodScheduled")
    since = condition.last_transition_time if condition else pod.metadata.creation_timestamp
    wait = evidence.since(since)
    if condition and condition.reason == "SchedulerError":
        line = f"condition PodScheduled: SchedulerError: {condition.message}"
        headline = f"the scheduler fails on it {wait}".rstrip()
        return Waiting("Unschedulable", headline, (line,), ("the scheduler's own log says more",))
    return Waiting("Unschedulable", f"no node takes it {wait}".rstrip())

"""Whether a scheduler has tried a pod, and whether it runs: by the condition, and by its lease."""

from datetime import timedelta

from kubectl_why_pending.agreement import condition_of
from kubectl_why_pending.objects.event import Lease
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import DEFAULT_SCHEDULER
from kubectl_why_pending.waiting.evidence import Evidence

LEASE_NAMES = {DEFAULT_SCHEDULER: "kube-scheduler"}
SOON = timedelta(seconds=10)
LEASE = timedelta(seconds=15)  # leaseDuration of kube-scheduler


def scheduler_of(pod: Pod) -> str:
    """The scheduler that is to place the pod."""
    return pod.spec.scheduler_name or DEFAULT_SCHEDULER


def is_untried(pod: Pod) -> bool:
    """Whether no scheduler has said anything: SchedulingGated is the API server's own word."""
    condition = condition_of(pod, "PodScheduled")
    return condition is None or condition.reason == "SchedulingGated"


def is_new(pod: Pod, evidence: Evidence) -> bool:
    """Whether it is too early to wonder."""
    created = pod.metadata.creation_timestamp
    return created is not None and evidence.now - created < SOON


def lease_name(pod: Pod) -> str:
    """The lease in kube-system that the scheduler holds: called as it is, but for the default one."""
    return LEASE_NAMES.get(scheduler_of(pod), scheduler_of(pod))


def lease_of(pod: Pod, evidence: Evidence) -> Lease | None:
    """The scheduler's lease, if it is there and could be read."""
    wanted = lease_name(pod)
    return next((each for each in evidence.leases or () if each.metadata.name == wanted), None)


def is_stale(lease: Lease, evidence: Evidence) -> bool:
    """Whether it was not renewed for two terms: its holder is down."""
    renewed = lease.spec.renew_time
    term = max(timedelta(seconds=lease.spec.lease_duration_seconds), LEASE)
    return renewed is None or evidence.now - renewed > 2 * term


def is_alive(pod: Pod, evidence: Evidence) -> bool:
    """Whether the pod's scheduler renews its lease."""
    lease = lease_of(pod, evidence)
    return lease is not None and not is_stale(lease, evidence)

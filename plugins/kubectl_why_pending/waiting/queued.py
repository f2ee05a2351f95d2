"""Queued: no scheduler has tried the pod yet, and maybe none ever will."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import DEFAULT_SCHEDULER
from kubectl_why_pending.waiting.evidence import Evidence, Waiting
from kubectl_why_pending.waiting.schedulers import (
    is_new,
    is_stale,
    is_untried,
    lease_name,
    lease_of,
    scheduler_of,
)

STATE = "Queued"


def queued(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod that no scheduler has tried: it would have set the condition PodScheduled."""
    if not is_untried(pod):
        return None
    name = scheduler_of(pod)
    if is_new(pod, evidence):
        return Waiting(STATE, f'it is new: the scheduler "{name}" has not come to it yet')
    wait = evidence.since(pod.metadata.creation_timestamp)
    lease = lease_of(pod, evidence)
    if lease is None:
        return _nobody(pod, evidence, wait)
    title = f"the lease kube-system/{lease_name(pod)}"
    if is_stale(lease, evidence):
        since = evidence.since(lease.spec.renew_time)
        headline = f'the scheduler "{name}" is down, and nothing tries it {wait}'.rstrip()
        line = f"{title} was not renewed {since}: {lease.spec.holder_identity} held it".rstrip()
        return Waiting(STATE, headline, (line,), ("kubectl get pods -n kube-system",))
    headline = f'the scheduler "{name}" runs, and has not tried it {wait}'.rstrip()
    line = f"{title} is renewed: {lease.spec.holder_identity} is alive"
    look = (
        f"kubectl get events -A --field-selector reportingComponent={name}  # does it place others?"
    )
    return Waiting(STATE, headline, (line,), (look,))


def _nobody(pod: Pod, evidence: Evidence, wait: str) -> Waiting:
    """No lease to go by."""
    name = scheduler_of(pod)
    line = (
        "whether that scheduler runs is unknown: leases of kube-system could not be read"
        if not evidence.leases  # every API server has one there: none was read
        else f"there is no lease kube-system/{lease_name(pod)}: no such scheduler runs, or it elects no leader"
    )
    step = (
        "kubectl get pods -n kube-system  # does kube-scheduler run?"
        if name == DEFAULT_SCHEDULER
        else f'correct spec.schedulerName, or start the scheduler "{name}"'
    )
    headline = f'no scheduler called "{name}" has tried it {wait}'.rstrip()
    return Waiting(STATE, headline, (line,), (step,))

"""Queued: no scheduler has tried the pod yet, and maybe none ever will."""

from datetime import timedelta

from kubectl_why_pending.agreement import condition_of
from kubectl_why_pending.objects.event import Lease
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import DEFAULT_SCHEDULER
from kubectl_why_pending.waiting.evidence import Evidence, Waiting

LEASE_NAMES = {DEFAULT_SCHEDULER: "kube-scheduler"}
SOON = timedelta(seconds=10)


def queued(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod without a PodScheduled condition: every scheduler sets one when it has tried."""
    if condition_of(pod, "PodScheduled"):
        return None
    name = pod.spec.scheduler_name or DEFAULT_SCHEDULER
    created = pod.metadata.creation_timestamp
    if created and evidence.now - created < SOON:
        return Waiting("Queued", f'it is new: the scheduler "{name}" has not come to it yet')
    facts, alive = _lease_facts(name, evidence)
    headline = f'no scheduler called "{name}" has tried it {evidence.since(created)}'.rstrip()
    check = f"kubectl get pods -A | grep scheduler  # is there one that calls itself {name}?"
    if name != DEFAULT_SCHEDULER and not alive:
        check = f'correct spec.schedulerName, or start the scheduler "{name}"'
    return Waiting("Queued", headline, facts, (check,))


def _lease_facts(name: str, evidence: Evidence) -> tuple[tuple[str, ...], bool]:
    """What the scheduler's lease says, and whether it is renewed."""
    if evidence.leases is None:
        return (
            "whether that scheduler runs is unknown: leases of kube-system could not be read",
        ), False
    wanted = LEASE_NAMES.get(name, name)
    lease = next((each for each in evidence.leases if each.metadata.name == wanted), None)
    if lease is None:
        return (
            f"there is no lease kube-system/{wanted}: no such scheduler runs, or it elects no leader",
        ), False
    if _is_stale(lease, evidence):
        since = evidence.since(lease.spec.renew_time)
        return (
            f"the lease kube-system/{wanted} was not renewed {since}: that scheduler is down",
        ), False
    return (
        f"the lease kube-system/{wanted} is renewed: {lease.spec.holder_identity} is alive",
    ), True


def _is_stale(lease: Lease, evidence: Evidence) -> bool:
    renewed = lease.spec.renew_time
    good = timedelta(seconds=max(lease.spec.lease_duration_seconds, 15) * 2)
    return renewed is None or evidence.now - renewed > good

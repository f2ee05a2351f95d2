"""Which waiting it is: the first state of STATES that a pod is in, with what says so and what to do."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting
from kubectl_why_pending.waiting.gated import gated
from kubectl_why_pending.waiting.nominated import nominated
from kubectl_why_pending.waiting.queued import queued
from kubectl_why_pending.waiting.rejected import rejected
from kubectl_why_pending.waiting.schedulable import schedulable
from kubectl_why_pending.waiting.starting import starting
from kubectl_why_pending.waiting.terminating import terminating
from kubectl_why_pending.waiting.unclaimed import unclaimed
from kubectl_why_pending.waiting.unschedulable import unschedulable

STATES = (terminating, rejected, starting, gated, unclaimed, queued, nominated, schedulable)


def waiting_of(pod: Pod, evidence: Evidence) -> Waiting:
    """The state that the pod is in; Unschedulable where it is in none of the others."""
    for state in STATES:
        if found := state(pod, evidence):
            return found
    return unschedulable(pod, evidence)

"""Gated: somebody must take a gate away before the scheduler tries the pod."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting

OWNERS = {
    "kueue.x-k8s.io": "Kueue, which admits workloads by quota",
    "scheduling.x-k8s.io": "a scheduler plugin of kubernetes-sigs",
    "karpenter.sh": "Karpenter",
}


def gated(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod with spec.schedulingGates: upstream's SchedulingGates plugin keeps it out of the queue."""
    gates = [gate.name for gate in pod.spec.scheduling_gates]
    if not gates:
        return None
    lines = tuple(f'gate "{gate}" is of {_whose(gate)}' for gate in gates)
    wait = evidence.since(pod.metadata.creation_timestamp)
    headline = (
        f"held {wait} by {len(gates)} scheduling gate{'s' * (len(gates) > 1)}: {', '.join(gates)}"
    )
    return Waiting(
        "Gated", headline, lines, ("whoever set a gate takes it away; no scheduler looks before",)
    )


def _whose(gate: str) -> str:
    domain = gate.partition("/")[0]
    return OWNERS.get(domain, f"whoever owns {domain}" if "/" in gate else "an unknown owner")

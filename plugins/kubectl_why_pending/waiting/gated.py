"""Gated: somebody must take a gate away before the scheduler tries the pod."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting

# By the domain of the gate's name: whose it is, and where to look.
OWNERS = {
    "kueue.x-k8s.io": (
        "Kueue, which admits workloads by quota",
        "kubectl get workloads.kueue.x-k8s.io -n {ns}",
    ),
    "scheduling.volcano.sh": (
        "Volcano, which admits pods by queue",
        "kubectl get queues.scheduling.volcano.sh",
    ),
}
ANY = "whoever set a gate takes it away; no scheduler looks before"


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
    domains = dict.fromkeys(map(_domain, gates))
    steps = [OWNERS[d][1].format(ns=pod.metadata.namespace) for d in domains if d in OWNERS]
    return Waiting("Gated", headline.replace("  ", " "), lines, (*steps, ANY))


def _domain(gate: str) -> str:
    return gate.partition("/")[0] if "/" in gate else ""


def _whose(gate: str) -> str:
    domain = _domain(gate)
    if domain in OWNERS:
        return OWNERS[domain][0]
    return f"whoever owns {domain}" if domain else "an unknown owner"

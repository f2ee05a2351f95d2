"""Terminating: deleted before it ever ran."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting
from kubectl_why_pending.waiting.leaving import leaving_since


def terminating(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod with a deletionTimestamp is on its way out, whatever else it waits for."""
    if pod.metadata.deletion_timestamp is None:
        return None
    node, finalizers = pod.spec.node_name, pod.metadata.finalizers
    lines = [f"deleted {leaving_since(pod, evidence.now)}"]
    lines += [f'finalizer "{name}" is not taken away yet' for name in finalizers]
    if finalizers:
        names = ", ".join(finalizers)
        why = f"a finalizer keeps it: {names}"
        step = "the controller that owns a finalizer takes it away when it has cleaned up"
    elif node:
        why = f"its node {node} has not confirmed that it stopped"
        step = f"kubectl get node {node}  # is its kubelet alive?"
    else:
        why, step = "nothing keeps it", "it is gone in a moment"
    if node and evidence.nodes and node not in evidence.nodes:
        why, step = f"there is no node {node}", "the pod garbage collector deletes it"
    return Waiting("Terminating", f"it is being deleted, and {why}", tuple(lines), (step,))

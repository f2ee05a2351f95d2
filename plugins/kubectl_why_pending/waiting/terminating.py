"""Terminating: deleted before it ever ran."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting


def terminating(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod with a deletionTimestamp is on its way out, whatever else it waits for."""
    deleted = pod.metadata.deletion_timestamp
    if deleted is None:
        return None
    where = f"its node {pod.spec.node_name} has not confirmed that it stopped"
    why = where if pod.spec.node_name else "a finalizer keeps it"
    return Waiting(
        "Terminating", f"it is being deleted, and {why}", (f"deletionTimestamp {deleted}",)
    )

"""Nominated: room is being made for the pod, or was promised to it."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting


def nominated(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod with status.nominatedNodeName, while its victims leave."""
    node = pod.status.nominated_node_name
    if not node or (not evidence.leaving and node not in evidence.fits):
        return None
    victims = tuple(
        f"pod {victim.key} leaves {node} {evidence.since(victim.metadata.deletion_timestamp)}".rstrip()
        for victim in evidence.leaving
    )
    if victims:
        headline = f"room is being made on {node}: {len(victims)} pod{'s' * (len(victims) > 1)} still leaving"
        return Waiting("Nominated", headline, victims, ("it is scheduled when they are gone",))
    return Waiting(
        "Nominated", f"{node} is nominated for it and has room: it is tried again at once"
    )

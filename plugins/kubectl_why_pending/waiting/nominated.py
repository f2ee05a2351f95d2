"""Nominated: room is being made for the pod, or was promised to it."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting
from kubectl_why_pending.waiting.leaving import leaving_since


def nominated(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A pod with status.nominatedNodeName, while its victims leave."""
    node = pod.status.nominated_node_name
    if not node or (not evidence.leaving and node not in evidence.fits):
        return None
    victims = tuple(
        f"pod {victim.key} leaves {node} {leaving_since(victim, evidence.now)}"
        for victim in evidence.leaving
    )
    if not victims:
        headline = (
            f"{node} is nominated for it and has room: it is tried again at once, or is being bound"
        )
        return Waiting("Nominated", headline, (), ("binding of volumes may take up to 10 minutes",))
    plural = "s" * (len(victims) > 1)
    headline = f"room is being made on {node}: {len(victims)} pod{plural} still leaving"
    steps = ["it is scheduled when they are gone"]
    steps += [
        f"finalizers keep pod {victim.key}: {', '.join(victim.metadata.finalizers)}"
        for victim in evidence.leaving
        if victim.metadata.finalizers
    ]
    return Waiting("Nominated", headline, victims, tuple(steps))

"""Claims that wait for their pod's node: each must find a volume there, or have one made."""

from collections.abc import Sequence

from msgspec import Struct

from kubectl_why_pending.objects.storage import VOLUMES, Claim, Volume
from kubectl_why_pending.scheduler.amounts import in_words
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.selector_words import there
from kubectl_why_pending.scheduler.volumes.claims import (
    class_name,
    class_of,
    requested,
    volume_class_name,
)
from kubectl_why_pending.scheduler.volumes.matching import Match
from kubectl_why_pending.scheduler.volumes.provisioning import Lack, Provisioning


class WaitingClaim(Struct, frozen=True):
    """A claim with what could serve it; `selected_node` is where its volume is being made."""

    claim: Claim
    match: Match
    provisioning: Provisioning
    selected_node: str | None = None


class Obstacle(Struct, frozen=True):
    """The claim that has no volume on a node; without a lack it is another node that was selected."""

    waiting: WaitingClaim
    lack: Lack | None = None

    @property
    def is_space(self) -> bool:
        """Whether it is room alone that is missing."""
        return self.lack is Lack.SPACE


class Unbound:
    """A pod's waiting claims, the smallest first, as findMatchingVolumes goes through them."""

    def __init__(self, claims: Sequence[WaitingClaim]) -> None:
        self.selected = [waiting for waiting in claims if waiting.selected_node is not None]
        self.free = sorted(
            (waiting for waiting in claims if waiting.selected_node is None),
            key=lambda waiting: requested(waiting.claim),
        )

    def obstacle(self, node: NodeInfo) -> Obstacle | None:
        """The first claim that the node has no volume for."""
        for waiting in self.selected:
            if waiting.selected_node != node.name:
                return Obstacle(waiting)
        taken: set[str] = set()
        to_make = list(self.selected)
        for waiting in self.free:
            if found := waiting.match.find(node.labels, taken):
                taken.add(found.metadata.name)
            else:
                to_make.append(waiting)
        for waiting in to_make:
            if lack := waiting.provisioning.lack(node.labels):
                return Obstacle(waiting, lack)
        return None

    def in_words(self, obstacle: Obstacle, node: NodeInfo) -> str:
        """What the claim needs and what there is."""
        waiting, making = obstacle.waiting, obstacle.waiting.provisioning
        name = f'claim "{waiting.claim.metadata.name}"'
        size = in_words("memory", making.size)
        of_class = f'class "{making.made_by.metadata.name}"'
        match obstacle.lack:
            case None:
                where = waiting.selected_node
                return (
                    f"{name}: its volume is being made for node {where} (annotation selected-node)"
                )
            case Lack.SPACE:
                most = making.most_free(node.labels)
                free = f"at most {in_words('memory', most)} free" if most > 0 else "nothing free"
                return f"{name}: needs {size} of {of_class}, {free} here"
            case Lack.TOPOLOGY:
                return f"{name}: {of_class} makes volumes only where {_topology(making, node)}"
            case Lack.PROVISIONER:
                others = _others(waiting.match)
                return f"{name}: no volume of {of_class} with {size} to bind here{others}"


def _others(match: Match) -> str:
    if match.promised:
        name = match.promised[0][0].metadata.name
        return f' (volume "{name}" is promised to it, and is elsewhere)'
    count = len(match.free.things)
    if not count:
        return " or anywhere, and the class makes none"
    return f", {count} fitting elsewhere or taken, and the class makes none"


def _topology(making: Provisioning, node: NodeInfo) -> str:
    terms = making.made_by.allowed_topologies
    return " or ".join(
        " and ".join(
            f"{c.key} in [{', '.join(c.values)}] ({there(c.key, node)})"
            for c in term.match_label_expressions
        )
        for term in terms
    )


def waiting_claims(claims: Sequence[Claim], cluster: Cluster) -> Unbound:
    """The claims with the volumes and the class that could serve them; their classes are there."""
    names = {class_name(claim) for claim in claims}
    by_class: dict[str, list[Volume]] = {name: [] for name in names}
    for volume in cluster.all(VOLUMES):
        if (name := volume_class_name(volume)) in by_class:
            by_class[name].append(volume)
    found = []
    for claim in claims:
        made_by = class_of(cluster, claim)
        if made_by is None:
            continue
        match = Match(claim, by_class[class_name(claim)], cluster.minor)
        selected = claim.metadata.annotations.selected_node
        found.append(WaitingClaim(claim, match, Provisioning(claim, made_by, cluster), selected))
    return Unbound(found)

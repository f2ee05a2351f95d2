"""VolumeZone: a volume that is labelled with a zone or region is for nodes of it."""

from collections.abc import Sequence
from typing import Self

from msgspec import Struct

from kubectl_why_pending.objects.storage import VOLUMES, Volume
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo
from kubectl_why_pending.scheduler.volumes.claims import (
    claim_names,
    find_claim,
    not_found,
)
from kubectl_why_pending.scheduler.volumes.in_tree import (
    BETA_REGION,
    BETA_ZONE,
    REGION,
    ZONE,
    ZONE_MARK,
)

LABELS = (BETA_ZONE, BETA_REGION, ZONE, REGION)
_TODAY = {BETA_ZONE: ZONE, BETA_REGION: REGION}


class Place(Struct, frozen=True):
    """Where a volume's label says that it is."""

    volume: str
    key: str
    values: frozenset[str]

    def there(self, node: NodeInfo) -> str | None:
        """The node's own; today's label stands in for a beta one."""
        value = node.labels.get(self.key)
        return value if value is not None else node.labels.get(_TODAY.get(self.key, self.key))


class VolumeZone(Filter):
    """pkg/scheduler/framework/plugins/volumezone/volume_zone.go."""

    NAME = "VolumeZone"
    REFUSED = Rejection(NAME, ("node(s) had no available volume zone",))

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | Rejection | None:
        """Skipped where no bound volume has such a label."""
        places: list[Place] = []
        for name in claim_names(pod.pod):
            claim = find_claim(cluster, pod.pod, name)
            if claim is None or not claim.spec.volume_name:
                continue  # VolumeRestrictions and VolumeBinding have refused what may not be so
            volume = cluster.find(VOLUMES, claim.spec.volume_name)
            if volume is None:
                gone = not_found("persistentvolume", claim.spec.volume_name)
                return Rejection(cls.NAME, (gone,))
            places += _places(volume)
        return cls(places) if places else None

    def filter(self, node: NodeInfo) -> Rejection | None:
        """A node without any of the labels is in every zone."""
        if not any(key in node.labels for key in LABELS):
            return None
        if all(place.there(node) in place.values for place in self.places):
            return None
        return self.REFUSED

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Each volume that is elsewhere."""
        if self.filter(node) is None:
            return ()
        return tuple(
            Failure(self.NAME, self.REFUSED.reasons[0], _elsewhere(place, node))
            for place in self.places
            if place.there(node) not in place.values
        )


def _elsewhere(place: Place, node: NodeInfo) -> str:
    there = place.there(node)
    has = f"this node has {there}" if there is not None else "this node has no such label"
    return f'volume "{place.volume}" is in {place.key}={" or ".join(sorted(place.values))}, {has}'


def _places(volume: Volume) -> list[Place]:
    """Of its labels; one with an empty zone says nothing."""
    places = []
    for key in LABELS:
        zones = [zone.strip() for zone in volume.metadata.labels.get(key, "").split(ZONE_MARK)]
        if all(zones):
            places.append(Place(volume.metadata.name, key, frozenset(zones)))
    return places

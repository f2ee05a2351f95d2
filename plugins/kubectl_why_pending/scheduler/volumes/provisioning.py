"""Whether a class can make a volume for a claim on a node: checkVolumeProvisions of volumebinding/binder.go."""

from collections.abc import Mapping
from enum import Enum

from kubectl_fieldkit.quantity import nanos, value
from kubectl_fieldkit.selectors import selects
from kubectl_why_pending.objects.storage import (
    CSI_CAPACITIES,
    CSI_DRIVERS,
    Claim,
    CSIStorageCapacity,
    StorageClass,
)
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.volumes.claims import NO_PROVISIONER, requested
from kubectl_why_pending.scheduler.volumes.reach import ByLabel, Clue


class Lack(Enum):
    """Why no volume can be made."""

    PROVISIONER = "provisioner"
    TOPOLOGY = "topology"
    SPACE = "space"


class Provisioning:
    """What a claim's class could make for it; what no node can change is looked at once.

    `capacities` are those of the class, where its driver says how much is left; else None.
    """

    def __init__(self, claim: Claim, made_by: StorageClass, cluster: Cluster) -> None:
        self.made_by = made_by
        self.size = value(requested(claim))
        self.makes_none = made_by.provisioner in ("", NO_PROVISIONER)
        self.capacities = self._capacities(claim, cluster)

    def _capacities(self, claim: Claim, cluster: Cluster) -> ByLabel[CSIStorageCapacity] | None:
        if self.makes_none or "storage" not in claim.spec.resources.requests:
            return None
        driver = cluster.find(CSI_DRIVERS, self.made_by.provisioner)
        if driver is None or not driver.spec.storage_capacity:
            return None
        return ByLabel(
            (there, _clue(there))
            for there in cluster.all(CSI_CAPACITIES)
            if there.storage_class_name == self.made_by.metadata.name
        )

    def lack(self, labels: Mapping[str, str]) -> Lack | None:
        """What a node with these labels lacks first."""
        if self.makes_none:
            return Lack.PROVISIONER
        if not self._allows(labels):
            return Lack.TOPOLOGY
        if self.capacities is not None and self.most_free(labels) < self.size:
            return Lack.SPACE
        return None

    def _allows(self, labels: Mapping[str, str]) -> bool:
        """MatchTopologySelectorTerms: no terms allow every node, an empty term allows none."""
        terms = self.made_by.allowed_topologies
        return not terms or any(
            term.match_label_expressions
            and all(labels.get(c.key) in c.values for c in term.match_label_expressions)
            for term in terms
        )

    def most_free(self, labels: dict[str, str] | Mapping[str, str]) -> int:
        """The largest volume, in bytes, that can be made for such a node; -1 where nothing is said."""
        near = self.capacities.near(labels) if self.capacities else []
        limits = (_limit(c) for c in near if selects(c.node_topology, labels))
        return max((limit for limit in limits if limit is not None), default=-1)


def _limit(there: CSIStorageCapacity) -> int | None:
    """volumeLimit: the maximum volume size is more precise than the capacity."""
    limit = there.capacity if there.maximum_volume_size is None else there.maximum_volume_size
    return None if limit is None else value(nanos(limit))


def _clue(there: CSIStorageCapacity) -> Clue | None:
    topology = there.node_topology
    for key, wanted in topology.match_labels.items() if topology else ():
        return key, (wanted,)
    return None

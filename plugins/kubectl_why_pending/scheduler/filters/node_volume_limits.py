"""NodeVolumeLimits: a CSI driver attaches so many volumes to a node and no more."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Self

from msgspec import Struct

from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.storage import (
    CLAIMS,
    CSI_DRIVERS,
    CSI_NODES,
    STORAGE_CLASSES,
    VOLUME_ATTACHMENTS,
    VOLUMES,
    CSINode,
)
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection, SchedulerError
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo
from kubectl_why_pending.scheduler.volumes.attachable import Attachable, Attachables, attachables

PORTWORX, PORTWORX_PLUGIN = "pxd.portworx.com", "kubernetes.io/portworx-volume"
MISSING_DRIVER_SINCE = 37  # gate VolumeLimitScaling
_NEEDED: tuple[Resource[Any], ...] = (
    CLAIMS,
    VOLUMES,
    STORAGE_CLASSES,
    CSI_NODES,
    VOLUME_ATTACHMENTS,
)


class Load(Struct, frozen=True):
    """How many volumes of a driver a node has, would get, and can have."""

    driver: str
    attached: int
    new: int
    limit: int


class NodeVolumeLimits(Filter):
    """pkg/scheduler/framework/plugins/nodevolumelimits/csi.go.

    `strict` are the drivers that want no pod on a node that they do not run on.
    """

    NAME = "NodeVolumeLimits"
    EXCEEDED = Rejection(NAME, ("node(s) exceed max volume count",), resolvable=True)

    def __init__(
        self, new: Sequence[Attachable], volumes: Attachables, strict: frozenset[str]
    ) -> None:
        self.new = new
        self.volumes = volumes
        self.strict = strict

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | None:
        """Skipped where the pod brings nothing that is attached."""
        if not any(volume.is_attachable for volume in pod.pod.spec.volumes):
            return None
        for resource in _NEEDED:
            cluster.all(
                resource
            )  # the nodes' pods may need them, and a filter must not fail halfway
        volumes = attachables(cluster)
        new = volumes.of(pod.pod)
        return cls(new, volumes, _strict(cluster)) if new else None

    def filter(self, node: NodeInfo) -> Rejection | None:
        """A strict driver that is not there, or one that would have too many."""
        csi_node = self._csi_node(node)
        new = _counted(self.new, csi_node, self.volumes.cluster.minor)
        if not new:
            return None
        for driver in self._missing(new, csi_node):
            return Rejection(self.NAME, (_not_installed(driver),), resolvable=True)
        if any(load.attached + load.new > load.limit for load in self._loads(new, csi_node, node)):
            return self.EXCEEDED
        return None

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Each driver with its numbers."""
        csi_node = self._csi_node(node)
        new = _counted(self.new, csi_node, self.volumes.cluster.minor)
        missing = [
            Failure(self.NAME, _not_installed(driver), f"CSINode {node.name} has no {driver}")
            for driver in dict.fromkeys(self._missing(new, csi_node))
        ]
        full = [
            Failure(
                self.NAME,
                self.EXCEEDED.reasons[0],
                f"{load.driver}: needs {load.new} more, {load.attached} of {load.limit} attached",
            )
            for load in self._loads(new, csi_node, node)
            if load.attached + load.new > load.limit
        ]
        return (*missing, *full)

    def _csi_node(self, node: NodeInfo) -> CSINode | None:
        return self.volumes.cluster.find(CSI_NODES, node.name)

    def _missing(self, new: dict[str, str], csi_node: CSINode | None) -> Iterator[str]:
        """checkCSIDriverOnNode."""
        there = {driver.name for driver in csi_node.spec.drivers} if csi_node else set()
        return (driver for driver in new.values() if driver in self.strict - there)

    def _loads(
        self, new: dict[str, str], csi_node: CSINode | None, node: NodeInfo
    ) -> Iterator[Load]:
        """Of each driver with a limit that the pod adds to."""
        limits = _limits(csi_node)
        if not new or not limits:
            return
        there: dict[str, str] = {}
        for pod in node.pods:
            if volumes := self.volumes.of(pod.pod):
                there.update(_counted(volumes, csi_node, self.volumes.cluster.minor))
        more = self.volumes.attached(node.name)
        attached = Counter(there.values())
        attached.update(driver for name, driver in more.items() if name not in there)
        for driver, count in Counter(d for n, d in new.items() if n not in there).items():
            if driver in limits:
                yield Load(driver, attached[driver], count, limits[driver])


def _strict(cluster: Cluster) -> frozenset[str]:
    if cluster.minor < MISSING_DRIVER_SINCE:
        return frozenset()
    return frozenset(
        driver.metadata.name
        for driver in cluster.all(CSI_DRIVERS)
        if driver.spec.prevent_pod_scheduling_if_missing
    )


def _not_installed(driver: str) -> str:
    return f"{driver} CSI driver is not installed on the node"


def _counted(volumes: Iterable[Attachable], csi_node: CSINode | None, minor: int) -> dict[str, str]:
    """Driver by volume: filterAttachableVolumes."""
    counted = {}
    for volume in volumes:
        if volume.migrated and not _is_migrated(volume, csi_node, minor):
            continue
        if volume.error:
            raise SchedulerError(f'running "NodeVolumeLimits" filter plugin: {volume.error}')
        counted[volume.name] = volume.driver
    return counted


def _is_migrated(volume: Attachable, csi_node: CSINode | None, minor: int) -> bool:
    """isCSIMigrationOn: up to 1.35 the node had to say so of Portworx, the last to be migrated."""
    if csi_node is None:
        return False
    if volume.driver != PORTWORX or minor >= 36:
        return True
    return PORTWORX_PLUGIN in csi_node.metadata.annotations.migrated_plugins.split(",")


def _limits(csi_node: CSINode | None) -> dict[str, int]:
    return {
        driver.name: driver.allocatable.count
        for driver in (csi_node.spec.drivers if csi_node else ())
        if driver.allocatable is not None and driver.allocatable.count is not None
    }

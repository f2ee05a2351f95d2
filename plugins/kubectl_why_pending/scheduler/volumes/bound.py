"""A claim's volume, and the nodes that reach it: checkBoundClaims of volumebinding/binder.go."""

from functools import cached_property

from kubectl_why_pending.objects.storage import CSI_NODES, VOLUMES, Claim, Volume
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.selector_words import terms_in_words
from kubectl_why_pending.scheduler.volumes.in_tree import InTreePlugin, csi_affinity, plugin_of
from kubectl_why_pending.scheduler.volumes.reach import Reach, reach_of


class BoundVolume:
    """A bound claim with its volume; without one it is bound to a volume that is gone.

    A former in-tree disk is reached by its driver's own topology from the nodes of `migrated`.
    """

    def __init__(
        self,
        claim: Claim,
        volume: Volume | None,
        plugin: InTreePlugin | None,
        migrated: frozenset[str],
    ) -> None:
        self.claim = claim
        self.volume = volume
        self.plugin = plugin
        self.migrated = migrated
        self._reach = reach_of(volume) if volume else None

    @cached_property
    def _driver_reach(self) -> Reach | None:
        if self.plugin is None or self.volume is None:
            return None
        return Reach(csi_affinity(self.plugin, self.volume))

    def _reach_on(self, node: NodeInfo) -> Reach | None:
        return self._driver_reach if node.name in self.migrated else self._reach

    def reached_from(self, node: NodeInfo) -> bool:
        """Whether the node's labels are those that the volume wants; raises Untranslatable."""
        reach = self._reach_on(node)
        return reach is not None and reach.includes(node.labels)

    def in_words(self, node: NodeInfo) -> str:
        """What the volume wants and what the node has."""
        name = self.claim.spec.volume_name
        text = f'claim "{self.claim.metadata.name}" is bound to volume "{name}"'
        reach = self._reach_on(node)
        if reach is None or reach.required is None:
            return f"{text}, which does not exist"
        return f"{text}, which {terms_in_words(reach.required.node_selector_terms, node)}"


def bound_volume(claim: Claim, cluster: Cluster) -> BoundVolume:
    """The claim with the volume that it is bound to."""
    volume = cluster.find(VOLUMES, claim.spec.volume_name)
    plugin = plugin_of(volume.spec) if volume else None
    migrated = _migrated(plugin, cluster) if plugin else frozenset()
    return BoundVolume(claim, volume, plugin, migrated)


def _migrated(plugin: InTreePlugin, cluster: Cluster) -> frozenset[str]:
    """The nodes that say the plugin's disks are mounted by its driver: isPluginMigratedToCSIOnNode."""
    return frozenset(
        node.metadata.name
        for node in cluster.all(CSI_NODES)
        if plugin.name in node.metadata.annotations.migrated_plugins.split(",")
    )

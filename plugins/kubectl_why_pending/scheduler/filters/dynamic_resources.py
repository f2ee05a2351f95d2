"""DynamicResources: devices that are claimed; decided here where the claims already have theirs."""

from collections.abc import Sequence
from typing import Self

from kubectl_fieldkit.node_affinity import matches_any
from kubectl_fieldkit.objects.affinity import NodeSelector
from kubectl_why_pending.objects.dynamic import RESOURCE_CLAIMS
from kubectl_why_pending.scheduler.claims import delegated, is_going, names_of
from kubectl_why_pending.scheduler.cluster import Cluster, Undecided
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo

DEVICES = "which devices are free (ResourceSlices, CEL) is not worked out here"
MOST_CONSUMERS = 256


class DynamicResources(Filter):
    """pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go, for claims that are allocated.

    A claim that still waits for devices, and an extended resource of a DeviceClass, are undecided: the
    verdict is then not certain, and says so.
    """

    NAME = "DynamicResources"
    REFUSED = Rejection(NAME, ("resourceclaim not available on the node",))

    def __init__(self, selectors: Sequence[tuple[str, NodeSelector]]) -> None:
        self.selectors = selectors

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | Rejection | None:
        """Skipped without claims and without extended resources of a DeviceClass."""
        if not pod.pod.spec.resource_claims:
            if delegated(set(pod.requests), cluster):
                raise Undecided(DEVICES)
            return None
        selectors = []
        for _, name in names_of(pod.pod):
            claim = cluster.find(RESOURCE_CLAIMS, name, pod.pod.metadata.namespace)
            if claim is None:
                raise Undecided("a ResourceClaim of the pod is not there")
            if is_going(claim):
                return Rejection(cls.NAME, (f'resourceclaim "{name}" is being deleted',))
            if claim.status.allocation is None:
                raise Undecided(DEVICES)
            reserved = claim.status.reserved_for
            own = any(each.uid == pod.pod.metadata.uid for each in reserved)
            if len(reserved) >= MOST_CONSUMERS and not own:
                return Rejection(cls.NAME, ("resourceclaim in use",))
            if claim.status.allocation.node_selector:
                selectors.append((name, claim.status.allocation.node_selector))
        return cls(selectors)

    def filter(self, node: NodeInfo) -> Rejection | None:
        """Whether the devices of a claim cannot be reached from the node."""
        return self.REFUSED if self._out_of_reach(node) else None

    def _out_of_reach(self, node: NodeInfo) -> list[str]:
        meta = node.node.metadata
        return [name for name, selector in self.selectors if not matches_any(selector, meta)]

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Which claim's devices are elsewhere."""
        return tuple(
            Failure(
                self.NAME, self.REFUSED.reasons[0], f"the devices of claim {name} are elsewhere"
            )
            for name in self._out_of_reach(node)
        )

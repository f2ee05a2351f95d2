"""DynamicResources: the devices of a pod's claims must be had from the node, or be had already."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

from kubectl_fieldkit.node_affinity import matches_any
from kubectl_why_pending.objects.dynamic import RESOURCE_CLAIMS, RESOURCE_SLICES, ResourceClaim
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.claims import SINCE, HeldBack, claims_of
from kubectl_why_pending.scheduler.cluster import Cluster, Undecided
from kubectl_why_pending.scheduler.devices.allocating import allocate, check_size
from kubectl_why_pending.scheduler.devices.asking import (
    Ask,
    ask_of,
    driver_of_class,
    missing_class,
)
from kubectl_why_pending.scheduler.devices.extended import ask_for, classes_behind, former_claim
from kubectl_why_pending.scheduler.devices.in_words import shortage_in_words
from kubectl_why_pending.scheduler.devices.plain import check_devices
from kubectl_why_pending.scheduler.devices.pools import Pools, taken_by
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo
from kubectl_why_pending.scheduler.selector_words import terms_in_words

UNREACHABLE = "resourceclaim not available on the node"
LEFT_OVER = "cannot schedule extended resource claim"
OPTIONAL_OPERATIONS = "DRAOptionalNodeOperations"


class DynamicResources(Filter):
    """pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go.

    Undecided where claims tell devices of one driver apart, or devices are not plain.
    """

    NAME = "DynamicResources"

    def __init__(self, pod: Pod, cluster: Cluster, extended: Mapping[str, str | None]) -> None:
        self.pod, self.cluster, self.extended = pod, cluster, extended
        self.claims: Sequence[ResourceClaim] = ()
        self.left_over: ResourceClaim | None = None
        self.asks: Sequence[Ask] = ()
        self.pools = Pools((), frozenset())

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | Rejection | None:
        """Skipped without claims and without extended resources of a DeviceClass."""
        if cluster.minor < SINCE:
            return None
        try:
            claims = claims_of(pod.pod, cluster)
        except HeldBack as err:
            return Rejection(cls.NAME, (str(err),))
        wanted = [name for name, amount in pod.requests.items() if amount]
        classes = classes_behind(wanted, cluster)
        for claim in claims:
            if claim.status.allocation is None and (text := missing_class(claim, cluster)):
                return Rejection(cls.NAME, (text,))
        if not claims and not classes:
            return None
        extended = {name: driver_of_class(each, cluster) for name, each in classes.items()}
        made = cls(pod.pod, cluster, extended)
        made._prepare(claims)
        return made

    def _prepare(self, claims: Sequence[ResourceClaim]) -> None:
        """Everything that is the same for all nodes."""
        self.claims = claims
        _check_binding(claims)
        if self.extended:
            self.left_over = former_claim(self.pod, self.cluster.all(RESOURCE_CLAIMS))
        self.asks = [ask_of(c, self.cluster) for c in claims if c.status.allocation is None]
        if self.cluster.minor == 35 and 0 < len(self.asks) < len(claims):
            raise Undecided("1.35 fails to score nodes where only some claims have their devices")
        check_size(self.asks)
        asks = [*self.asks, ask_for(self.pod, self.extended)]
        if any(ask.needs for ask in asks):
            check_devices(asks, self.cluster)
            taken = taken_by(self.cluster.all(RESOURCE_CLAIMS))
            self.pools = Pools(self.cluster.all(RESOURCE_SLICES), taken)

    def filter(self, node: NodeInfo) -> Rejection | None:
        """What is not allocated yet comes first, then whether the node can reach what is."""
        reason = self._reason(node)
        return Rejection(self.NAME, (reason,)) if reason else None

    def _reason(self, node: NodeInfo) -> str:
        if self.left_over:
            return LEFT_OVER
        return self._shortage(node) or (UNREACHABLE if any(self.unreachable(node)) else "")

    def _shortage(self, node: NodeInfo) -> str:
        asks = self._asks(node)
        if not asks:
            return ""
        return allocate(asks, self.pools.reach(node.node.metadata), self.cluster.minor)

    def _asks(self, node: NodeInfo) -> list[Ask]:
        """With the extended resources that the node does not offer itself."""
        drivers = {n: d for n, d in self.extended.items() if not node.allocatable.get(n)}
        return [*self.asks, *([ask_for(self.pod, drivers)] if drivers else [])]

    def unreachable(self, node: NodeInfo) -> Iterator[ResourceClaim]:
        """The claims whose devices cannot be reached from the node, or not be used by its kubelet."""
        for claim in self.claims:
            allocation = claim.status.allocation
            if allocation is None:
                continue
            selector = allocation.node_selector
            skips = any(result.skip_node_operations for result in allocation.devices.results)
            if (selector and not matches_any(selector, node.node.metadata)) or (
                skips and OPTIONAL_OPERATIONS not in node.node.status.declared_features
            ):
                yield claim

    def lets_go(self, refused: Iterable[str]) -> str:
        """What PostFilter does about the nodes refused as unreachable: a claim that no other pod has is freed."""
        for name in refused:
            for claim in self.unreachable(self.cluster.nodes[name]):
                users = {each.uid for each in claim.status.reserved_for}
                if users <= {self.pod.metadata.uid}:
                    return "deallocation of ResourceClaim completed"
        return "deletion of ResourceClaim completed" if self.left_over else ""

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """What is asked for and what is free; where the devices of a claim are."""
        if self.left_over:
            detail = f"claim {self.left_over.metadata.name} of an earlier attempt must go first"
            return (Failure(self.NAME, LEFT_OVER, detail),)
        failures = []
        if reason := self._shortage(node):
            reach = self.pools.reach(node.node.metadata)
            detail = shortage_in_words(self._asks(node), reach)
            failures.append(Failure(self.NAME, reason, detail))
        failures += (
            Failure(self.NAME, UNREACHABLE, _elsewhere(claim, node))
            for claim in self.unreachable(node)
        )
        return tuple(failures)


def _check_binding(claims: Iterable[ResourceClaim]) -> None:
    """A device may have to become ready after it was chosen; whether it did in time is not worked out."""
    for claim in claims:
        allocation = claim.status.allocation
        if allocation and any(result.binding_conditions for result in allocation.devices.results):
            raise Undecided(f"claim {claim.metadata.name} waits for its devices to become ready")


def _elsewhere(claim: ResourceClaim, node: NodeInfo) -> str:
    allocation = claim.status.allocation
    name = claim.metadata.name
    if allocation and allocation.node_selector:
        terms = allocation.node_selector.node_selector_terms
        return f"claim {name} has devices elsewhere: {terms_in_words(terms, node)}"
    return f"claim {name} has devices that need a node with {OPTIONAL_OPERATIONS}"

"""Pools of devices as ResourceSlices make them up: what of them a node can reach, and what is free of it.

Mirrors GatherPools of k8s.io/dynamic-resource-allocation/structured/internal/incubating/pools_incubating.go.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from kubectl_fieldkit.node_affinity import matches_any
from kubectl_fieldkit.objects.affinity import NodeSelector
from kubectl_fieldkit.objects.meta import ObjectMeta
from kubectl_why_pending.objects.dynamic import ResourceClaim, ResourceSlice

PoolID = tuple[str, str]  # driver, pool
DeviceID = tuple[str, str, str]  # driver, pool, device
UPDATING = "being updated"
INVALID = "invalid"


class Reach(Struct, frozen=True):
    """What a node can reach: devices by driver, the free ones by driver, and the pools that nobody may use, why."""

    devices: Mapping[str, int]
    free: Mapping[str, int]
    broken: tuple[tuple[PoolID, str], ...] = ()


def taken_by(claims: Iterable[ResourceClaim]) -> frozenset[DeviceID]:
    """The devices that some claim has to itself."""
    allocations = (claim.status.allocation for claim in claims)
    return frozenset(
        (result.driver, result.pool, result.device)
        for allocation in allocations
        if allocation
        for result in allocation.devices.results
        if not result.admin_access and result.share_id is None
    )


def is_settled(slices: Iterable[ResourceSlice]) -> bool:
    """Whether each pool has all its slices, of one generation and for the same nodes, and no device twice."""
    pools: dict[PoolID, list[ResourceSlice]] = defaultdict(list)
    for each in slices:
        pools[_pool(each)].append(each)
    return all(_is_whole(each) for each in pools.values())


def _is_whole(slices: Sequence[ResourceSlice]) -> bool:
    first = slices[0].spec
    names = [device.name for each in slices for device in each.spec.devices]
    return (
        len(slices) == first.pool.resource_slice_count
        and len(set(names)) == len(names)
        and all(each.spec.pool == first.pool for each in slices)
        and all(_where(each) == _where(slices[0]) for each in slices)
    )


def _where(each: ResourceSlice) -> tuple[object, ...]:
    return each.spec.node_name, each.spec.all_nodes, each.spec.node_selector


class Pools:
    """All slices, sorted once by the node that has them."""

    def __init__(self, slices: Iterable[ResourceSlice], taken: frozenset[DeviceID]) -> None:
        self.taken = taken
        self._local: dict[str, list[ResourceSlice]] = defaultdict(list)
        self._shared: list[ResourceSlice] = []
        self._slices: Counter[tuple[PoolID, int]] = Counter()
        self._newest: dict[PoolID, int] = {}
        for each in slices:
            spec, pool = each.spec, _pool(each)
            (self._local[spec.node_name] if spec.node_name else self._shared).append(each)
            self._slices[pool, spec.pool.generation] += 1
            self._newest[pool] = max(self._newest.get(pool, 0), spec.pool.generation)

    def reach(self, node: ObjectMeta) -> Reach:
        """What the node can reach."""
        devices: Counter[str] = Counter()
        free: Counter[str] = Counter()
        broken: list[tuple[PoolID, str]] = []
        for pool, slices in self._relevant(node).items():
            state = self._state(pool, slices)
            if state is None:
                continue
            if state:
                broken.append((pool, state))
                continue
            for name in _names(slices, node):
                devices[pool[0]] += 1
                free[pool[0]] += (*pool, name) not in self.taken
        return Reach(devices, free, tuple(sorted(broken)))

    def _relevant(self, node: ObjectMeta) -> dict[PoolID, list[ResourceSlice]]:
        """The slices for the node, by pool: of each pool those of the newest generation among them."""
        pools: dict[PoolID, list[ResourceSlice]] = {}
        shared = (each for each in self._shared if _is_for(each, node))
        for each in (*self._local.get(node.name, ()), *shared):
            there = pools.setdefault(_pool(each), [])
            newer = each.spec.pool.generation - there[0].spec.pool.generation if there else 0
            if newer > 0:
                there.clear()
            if newer >= 0:
                there.append(each)
        return pools

    def _state(self, pool: PoolID, slices: Sequence[ResourceSlice]) -> str | None:
        """Nothing for a pool that can be used, else why not; None for one that newer slices replace."""
        wanted, generation = (
            slices[0].spec.pool.resource_slice_count,
            slices[0].spec.pool.generation,
        )
        if len(slices) != wanted:
            if self._newest[pool] > generation:
                return None
            if self._slices[pool, generation] != wanted:
                return UPDATING
        names = [device.name for each in slices for device in each.spec.devices]
        return INVALID if len(set(names)) < len(names) else ""


def _pool(each: ResourceSlice) -> PoolID:
    return each.spec.driver, each.spec.pool.name


def _names(slices: Iterable[ResourceSlice], node: ObjectMeta) -> Iterable[str]:
    for each in slices:
        for device in each.spec.devices:
            if not each.spec.per_device_node_selection or _matches(
                node, device.node_name, device.all_nodes, device.node_selector
            ):
                yield device.name


def _is_for(each: ResourceSlice, node: ObjectMeta) -> bool:
    """Whether a slice that is no one node's has something for this one."""
    spec = each.spec
    if spec.all_nodes or spec.node_selector is not None:
        return _matches(node, "", spec.all_nodes, spec.node_selector)
    return spec.per_device_node_selection and any(
        _matches(node, device.node_name, device.all_nodes, device.node_selector)
        for device in spec.devices
    )


def _matches(node: ObjectMeta, name: str, everywhere: bool, selector: NodeSelector | None) -> bool:
    """NodeMatches: the first of the three that is there decides."""
    if name:
        return node.name == name
    return everywhere or (selector is not None and matches_any(selector, node))

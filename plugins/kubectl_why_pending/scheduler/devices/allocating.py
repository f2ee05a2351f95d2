"""Whether what a node can reach is enough for all that a pod's claims ask for, taken together.

Mirrors Allocate of k8s.io/dynamic-resource-allocation/structured/internal/incubating/allocator_incubating.go.
Upstream searches for devices one by one; as devices of a driver are alike here, counting them is the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod

from kubectl_why_pending.scheduler.cluster import Undecided
from kubectl_why_pending.scheduler.devices.asking import Ask, Choice
from kubectl_why_pending.scheduler.devices.pools import INVALID, Reach
from kubectl_why_pending.scheduler.filter import SchedulerError

MOST_DEVICES = 32  # of one claim: AllocationResultsMaxSize
MOST_COMBINATIONS = 1024
NOT_ENOUGH = "cannot allocate all claims"
BROKEN_POOLS = "invalid resource pools were encountered"


def check_size(asks: Iterable[Ask]) -> None:
    """Undecided where the choices make too many combinations to try."""
    if prod(len(need.choices) for ask in asks for need in ask.needs) > MOST_COMBINATIONS:
        raise Undecided("its claims have too many alternatives to try them all")


def allocate(asks: Sequence[Ask], reach: Reach, minor: int) -> str:
    """Why the claims cannot be allocated; nothing where they can.

    Raises SchedulerError for a claim that asks for more than any may have, or for all of a pool in pieces.
    """
    for ask in asks:
        _check(ask, reach, minor)
    for chosen in product(*(need.choices for ask in asks for need in ask.needs)):
        if _is_small_enough(asks, chosen, reach) and _fits(chosen, reach):
            return ""
    is_broken = any(why == INVALID for _, why in reach.broken)
    return BROKEN_POOLS if is_broken and minor >= 35 else NOT_ENOUGH


def _check(ask: Ask, reach: Reach, minor: int) -> None:
    """The least that the claim needs must not be more than a claim may have."""
    total = 0
    for need in ask.needs:
        for choice in need.choices:
            if choice.count is None and reach.broken:
                (driver, pool), why = reach.broken[0]
                _fail(
                    f"claim {ask.claim}, request {choice.name}: asks for all devices, "
                    f"but resource pool {driver}/{pool} is currently {why}"
                )
        least = min(_size(choice, reach) for choice in need.choices)
        if total + least > MOST_DEVICES and minor >= 37:
            _fail(
                f"claim {ask.claim}, request {need.request}: adding {least} devices exceeds "
                f"the claim limit of {MOST_DEVICES}, with {total} already accounted for"
            )
        total += least
    if total > MOST_DEVICES:
        _fail(
            f"claim {ask.claim}: number of requested devices {total} exceeds "
            f"the claim limit of {MOST_DEVICES}"
        )


def _fail(text: str) -> None:
    raise SchedulerError(f'running "DynamicResources" filter plugin: {text}')


def _size(choice: Choice, reach: Reach) -> int:
    if choice.count is not None:
        return choice.count
    return _of(choice, reach.devices)


def _of(choice: Choice, devices: Mapping[str, int]) -> int:
    return sum(devices.values()) if choice.driver is None else devices.get(choice.driver, 0)


def _is_small_enough(asks: Sequence[Ask], chosen: Sequence[Choice], reach: Reach) -> bool:
    left = iter(chosen)
    return all(sum(_size(next(left), reach) for _ in ask.needs) <= MOST_DEVICES for ask in asks)


def _fits(chosen: Sequence[Choice], reach: Reach) -> bool:
    """Who wants all takes them first; what counts then is what is left of each driver, and of all."""
    free = dict(reach.free)
    for choice in chosen:
        if choice.count is None:
            drivers = list(reach.devices) if choice.driver is None else [choice.driver]
            whole = {name: reach.devices.get(name, 0) for name in drivers}
            if not sum(whole.values()) or any(free.get(n, 0) < size for n, size in whole.items()):
                return False
            free |= dict.fromkeys(drivers, 0)
    wanted: Counter[str | None] = Counter()
    for choice in chosen:
        wanted[choice.driver] += choice.count or 0
    of_any = wanted.pop(None, 0)
    short = any(count > free.get(driver or "", 0) for driver, count in wanted.items())
    return not short and sum(wanted.values()) + of_any <= sum(free.values())

"""What claims ask for in devices, as far as it is worked out here.

A request counts devices of a driver. Whatever tells devices of one driver apart (attributes in CEL,
constraints, capacity, admin access) is undecided.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from kubectl_why_pending.objects.dynamic import (
    DEVICE_CLASSES,
    DeviceRequest,
    DeviceSelector,
    ResourceClaim,
    SubRequest,
)
from kubectl_why_pending.scheduler.cluster import Cluster, Undecided

ALL = "All"
NO_DRIVER = ""  # of two that contradict each other: no device has it
_ONE_DRIVER = re.compile(r"""\s*device\.driver\s*==\s*(["'])([A-Za-z0-9.-]+)\1\s*""")


class Choice(Struct, frozen=True):
    """One way to meet a request: so many devices, or all (None), of a driver, or of any (None)."""

    name: str
    driver: str | None
    count: int | None


class Need(Struct, frozen=True):
    """A request of a claim: the first of its choices that can be had."""

    request: str
    choices: tuple[Choice, ...]


class Ask(Struct, frozen=True):
    """All that one claim needs."""

    claim: str
    needs: tuple[Need, ...]


def missing_class(claim: ResourceClaim, cluster: Cluster) -> str:
    """Upstream's words for the first class that is not there; nothing where all are."""
    for request in claim.spec.devices.requests:
        for name, wanted in _alternatives(request):
            if cluster.find(DEVICE_CLASSES, wanted.device_class_name) is None:
                return f"request {name}: device class {wanted.device_class_name} does not exist"
    return ""


def ask_of(claim: ResourceClaim, cluster: Cluster) -> Ask:
    """What the claim asks for; Undecided where that is more than counting."""
    if claim.spec.devices.constraints:
        raise Undecided(f"claim {claim.metadata.name} has constraints, not worked out here")
    needs = [
        Need(
            request.name,
            tuple(
                _choice(claim, request.name, each, cluster) for _, each in _alternatives(request)
            ),
        )
        for request in claim.spec.devices.requests
    ]
    return Ask(claim.key, tuple(needs))


def _alternatives(request: DeviceRequest) -> list[tuple[str, SubRequest]]:
    """With the name that upstream gives each."""
    if request.exactly is not None:
        return [(request.name, request.exactly)]
    return [(f"{request.name}/{each.name}", each) for each in request.first_available]


def _choice(claim: ResourceClaim, request: str, wanted: SubRequest, cluster: Cluster) -> Choice:
    if wanted.admin_access or wanted.capacity or wanted.derived_attributes:
        raise Undecided(
            f"claim {claim.metadata.name} asks for admin access, capacity or derived attributes, "
            "not worked out here"
        )
    driver = driver_of_class(wanted.device_class_name, cluster)
    driver = _both(driver, _driver(wanted.selectors, f"claim {claim.metadata.name}"))
    is_all = wanted.allocation_mode == ALL
    return Choice(wanted.name or request, driver, None if is_all else wanted.count or 1)


def driver_of_class(name: str, cluster: Cluster) -> str | None:
    """The driver of the class's devices; None where they may be of any."""
    found = cluster.find(DEVICE_CLASSES, name)
    return _driver(found.spec.selectors, f"class {name}") if found else None


def _driver(selectors: Sequence[DeviceSelector], owner: str) -> str | None:
    """The one expression that is understood is the one that nearly every class consists of."""
    driver: str | None = None
    for selector in selectors:
        found = _ONE_DRIVER.fullmatch(selector.cel.expression) if selector.cel else None
        if found is None:
            raise Undecided(f"{owner} selects devices by a CEL expression, not worked out here")
        driver = _both(driver, found[2])
    return driver


def _both(one: str | None, other: str | None) -> str | None:
    if one is None:
        return other
    return one if other in (one, None) else NO_DRIVER

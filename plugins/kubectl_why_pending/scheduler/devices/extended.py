"""Extended resources of a DeviceClass: on a node that does not offer them itself they are asked for as devices.

Mirrors createRequestsAndMappings of plugins/dynamicresources/extendeddynamicresources.go.
"""

from collections.abc import Iterable, Mapping, Sequence

from kubectl_fieldkit.quantity import nanos, value
from kubectl_why_pending.objects.dynamic import DEVICE_CLASSES, DeviceClass, ResourceClaim
from kubectl_why_pending.objects.pod import Container, Pod
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.devices.asking import Ask, Choice, Need
from kubectl_why_pending.scheduler.pod_info import is_sidecar

CLAIM = "<extended-resources>"  # the name of the claim that the scheduler makes up
PREFIX = "deviceclass.resource.kubernetes.io/"  # of a resource named after its class
SINCE = 36  # where the gate DRAExtendedResource is on by default


def classes_behind(resources: Iterable[str], cluster: Cluster) -> dict[str, str]:
    """By extended resource: the DeviceClass that stands behind it, the newest where several do."""
    names = {name for name in resources if _is_extended(name)}
    if cluster.minor < SINCE or not names:
        return {}
    behind: dict[str, DeviceClass] = {}
    for each in cluster.all(DEVICE_CLASSES):
        name = each.spec.extended_resource_name
        if name not in behind or _rank(each) < _rank(behind[name]):
            behind[name] = each
        behind[PREFIX + each.metadata.name] = each
    return {name: behind[name].metadata.name for name in names if name in behind}


def _is_extended(name: str) -> bool:
    """IsDRAExtendedResourceName of pkg/scheduler/util/utils.go."""
    if name.startswith(PREFIX):
        return True
    return "/" in name and "kubernetes.io/" not in name and not name.startswith("requests.")


def _rank(each: DeviceClass) -> tuple[float, str]:
    created = each.metadata.creation_timestamp
    return -created.timestamp() if created else 0, each.metadata.name


def former_claim(pod: Pod, claims: Iterable[ResourceClaim]) -> ResourceClaim | None:
    """The claim that an earlier attempt left: it must go before another is made."""
    for claim in claims:
        if claim.metadata.annotations.extended == "true" and any(
            owner.name == pod.metadata.name and owner.controller and owner.uid == pod.metadata.uid
            for owner in claim.metadata.owner_references
        ):
            return claim
    return None


def ask_for(pod: Pod, drivers: Mapping[str, str | None]) -> Ask:
    """The claim for these resources, each with the driver of its class (None: any)."""
    containers = [*pod.spec.init_containers, *pod.spec.containers]
    needs: list[Need] = []
    for resource, driver in sorted(drivers.items()):
        counts = _counts(containers, len(pod.spec.init_containers), resource)
        for number, count in counts.items():
            name = _request(number, containers[number], resource)
            needs.append(Need(name, (Choice(name, driver, count),)))
    needs.sort(key=lambda need: need.request)
    return Ask(f"{pod.metadata.namespace}/{CLAIM}", tuple(needs))


def _counts(containers: Sequence[Container], inits: int, resource: str) -> dict[int, int]:
    """By container that asks: how many; of the init containers that end, the one that needs most beside the rest."""
    wanted = [_wanted(container, resource) for container in containers]
    ending = [n for n in range(inits) if not is_sidecar(containers[n])]
    lasting = {n: count for n, count in enumerate(wanted) if count and n not in ending}
    counts = dict(lasting)
    more = {n: wanted[n] - sum(c for m, c in lasting.items() if m >= n) for n in ending}
    most = max(more, key=lambda n: more[n], default=None)
    if most is not None and more[most] > 0:
        counts[most] = more[most]
    return counts


def _wanted(container: Container, resource: str) -> int:
    return value(nanos(container.resources.requests.get(resource, "0")))


def _request(number: int, container: Container, resource: str) -> str:
    place = sorted(container.resources.requests).index(resource)
    return f"container-{number}-request-{place}"

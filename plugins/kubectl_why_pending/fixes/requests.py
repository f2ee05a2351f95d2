"""Lower what the pod requests to what a node has free."""

from collections.abc import Iterator, Sequence

from kubectl_fieldkit.quantity import NANO, nanos
from kubectl_why_pending.fixes.change import Change, Operation, escaped
from kubectl_why_pending.fixes.of_pod import edit
from kubectl_why_pending.objects.pod import Container, Pod
from kubectl_why_pending.scheduler.amounts import in_words
from kubectl_why_pending.scheduler.filters.node_resources_fit import Shortage
from kubectl_why_pending.scheduler.requests import PLAIN

LEAST = 10  # a request that falls below a tenth is no longer the same program
RISK = "with too little of it the program is slow, or is ended"


def lower_requests(pod: Pod, shortages: Sequence[Shortage]) -> Change | None:
    """In the container that asks for most, and in init containers; None where that is no way out."""
    titles: list[str] = []
    operations: list[Operation] = []
    for short in shortages:
        if short.resource == "pods" or short.free <= 0 or short.resource in _of_pod(pod):
            return None
        steps = list(_steps(pod, short))
        if not all(asked < LEAST * left for _, _, asked, left in steps):
            return None
        for path, container, asked, left in steps:
            operations += _operations(path, container, short.resource, left)
            was, to = in_words(short.resource, asked), in_words(short.resource, left)
            titles.append(
                f'the {short.resource} request of container "{container.name}" from {was} to {to}'
            )
    if not operations:
        return None
    return edit(pod, "request", f"lower {' and '.join(titles)}", operations, RISK)


def _of_pod(pod: Pod) -> set[str]:
    """What is requested for the pod as a whole, and bound to what its containers request."""
    return {*pod.spec.resources.requests, *pod.spec.resources.limits}


def _steps(pod: Pod, short: Shortage) -> Iterator[tuple[str, Container, int, int]]:
    """Each container to lower, with its path, what it asks for and what it may: in the scheduler's units."""
    resource, spec = short.resource, pod.spec
    room = short.free - _units(resource, spec.overhead.get(resource, 0))
    over = sum(_asked(c, resource) for c in _lasting(pod)) - room
    if over > 0:
        i = max(range(len(spec.containers)), key=lambda n: _asked(spec.containers[n], resource))
        asked = _asked(spec.containers[i], resource)
        yield f"/spec/containers/{i}", spec.containers[i], asked, asked - over
    beside = 0
    for i, container in enumerate(spec.init_containers):
        asked = _asked(container, resource)
        if container.restart_policy == "Always":
            beside += asked
        elif asked + beside > room:
            yield f"/spec/initContainers/{i}", container, asked, room - beside


def _lasting(pod: Pod) -> list[Container]:
    sidecars = [c for c in pod.spec.init_containers if c.restart_policy == "Always"]
    return [*pod.spec.containers, *sidecars]


def _asked(container: Container, resource: str) -> int:
    return _units(resource, container.resources.requests.get(resource, 0))


def _units(resource: str, quantity: str | float) -> int:
    """Thousandths of cpu, whole units of all else, rounded up."""
    unit = NANO // 1000 if resource == "cpu" else NANO
    return -(-nanos(quantity) // unit)


def _operations(path: str, container: Container, resource: str, left: int) -> Iterator[Operation]:
    """An extended resource's limit is always its request."""
    value = f"{left}m" if resource == "cpu" else str(left)
    of = f"{path}/resources"
    yield {"op": "replace", "path": f"{of}/requests/{escaped(resource)}", "value": value}
    if resource not in PLAIN and resource in container.resources.limits:
        yield {"op": "replace", "path": f"{of}/limits/{escaped(resource)}", "value": value}

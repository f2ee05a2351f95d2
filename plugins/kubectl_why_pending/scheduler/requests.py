"""What a pod takes of a node, by resource: cpu in thousandths, all else in whole units.

Mirrors PodRequests of k8s.io/component-helpers/resource/helpers.go.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from kubectl_fieldkit.quantity import milli_value, nanos, value
from kubectl_why_pending.objects.pod import Container, ContainerStatus, Pod, Quantities

Amounts = dict[str, int]  # by resource; in billionths until `rounded`
NOTHING: Quantities = {}
MILLI = 10**6  # billionths
PLAIN = ("cpu", "memory", "ephemeral-storage")
EVERY_RULE = 37  # the newest release that changed one


def requests_of(pod: Pod) -> Amounts:
    """What a pod that is to be placed asks for: by its spec alone."""
    return _rounded(_whole(pod, _total(pod, _spec), EVERY_RULE))


def held_by(pod: Pod, minor: int) -> Amounts:
    """What a pod holds on its node, or would: the most of its spec and of what was given to it.

    Since 1.37 the most of three sums counts for an in-place resize; before, the most of each container
    that has a status was summed.
    """
    if _is_as_specified(pod):
        return requests_of(pod)
    if minor < 37:
        return _rounded(_whole(pod, _total(pod, _most_of_each(pod)), minor))
    sources = _sources(pod)
    allocated, actual = pod.status.allocated_resources, pod.status.resources
    sums = [_total(pod, source) for source in sources]
    if allocated is not None and actual is not None and actual.requests is not None:
        sums = [*sums[: len(sources) - 2], _exact(allocated), _exact(actual.requests)]
    return _rounded(_whole(pod, _most(sums), minor))


def _most_of_each(pod: Pod) -> "_Source":
    """determineContainerReqs up to 1.36: for containers and sidecars that report resources."""
    infeasible = _resize_is_infeasible(pod)
    once = {c.name for c in pod.spec.init_containers if c.restart_policy != "Always"}

    def most(container: Container, status: ContainerStatus | None) -> Amounts:
        spec = _exact(container.resources.requests)
        if container.name in once or not status or not status.resources:
            return spec
        given = [_exact(status.resources.requests or {}), _exact(status.allocated_resources or {})]
        return _most(given if infeasible else [spec, *given])

    return most


def _is_as_specified(pod: Pod) -> bool:
    """Whether nothing was given that the spec does not say: every pod that was never resized."""
    status = pod.status
    if status.resources or status.allocated_resources or _resize_is_infeasible(pod):
        return False
    given = [s for s in status.container_statuses if s.allocated_resources or s.resources]
    given += [s for s in status.init_container_statuses if s.allocated_resources or s.resources]
    if not given:
        return True
    wanted = {
        c.name: c.resources.requests for c in (*pod.spec.containers, *pod.spec.init_containers)
    }
    return all(
        s.allocated_resources in (None, wanted.get(s.name))
        and (s.resources is None or s.resources.requests in (None, wanted.get(s.name)))
        for s in given
    )


_Source = Callable[[Container, ContainerStatus | None], Amounts]


def _spec(container: Container, _: ContainerStatus | None) -> Amounts:
    return _exact(container.resources.requests)


def _sources(pod: Pod) -> list[_Source]:
    """Spec, allocated, actuated; an infeasible resize leaves the spec out."""
    infeasible = _resize_is_infeasible(pod)

    def wanted(container: Container) -> Quantities:
        return NOTHING if infeasible else container.resources.requests

    def allocated(container: Container, status: ContainerStatus | None) -> Amounts:
        given = status.allocated_resources if status else None
        return _exact(wanted(container) if given is None else given)

    def actuated(container: Container, status: ContainerStatus | None) -> Amounts:
        if status and status.resources and status.resources.requests is not None:
            return _exact(status.resources.requests)
        return allocated(container, status)

    return [allocated, actuated] if infeasible else [_spec, allocated, actuated]


def _resize_is_infeasible(pod: Pod) -> bool:
    pending = (c for c in pod.status.conditions if c.type == "PodResizePending")
    return any(condition.reason == "Infeasible" for condition in pending)


def _total(pod: Pod, source: _Source) -> Amounts:
    """The sum of containers and sidecars, or the most that any init container needs beside those before it."""
    spec = pod.spec
    statuses = {s.name: s for s in pod.status.init_container_statuses}
    statuses |= {s.name: s for s in pod.status.container_statuses}
    total: Amounts = {}
    for container in spec.containers:
        _add(total, source(container, statuses.get(container.name)))
    if not spec.init_containers:
        return total
    sidecars: Amounts = {}
    most: Amounts = {}
    for container in spec.init_containers:
        amounts = source(container, statuses.get(container.name))
        if container.restart_policy == "Always":
            _add(total, amounts)
            _add(sidecars, amounts)
            _raise(most, sidecars)
        else:
            beside = dict(sidecars)
            _add(beside, amounts)
            _raise(most, beside)
    _raise(total, most)
    return total


def _whole(pod: Pod, total: Amounts, minor: int) -> Amounts:
    """With what is set for the pod as a whole, and its overhead.

    Whether the pod's own status counts is the gate InPlacePodLevelResourcesVerticalScaling: on since 1.36,
    where it only did for what the spec names.
    """
    own = _exact(pod.spec.resources.requests)
    if any(map(is_pod_level, own)):
        level = own if minor < 36 else _pod_level(pod)
        names = own if minor < 37 else level
        total |= {name: level.get(name, 0) for name in names if is_pod_level(name)}
    if pod.spec.overhead:
        _add(total, _exact(pod.spec.overhead))
    return total


def _pod_level(pod: Pod) -> Amounts:
    spec, status = _exact(pod.spec.resources.requests), pod.status
    if status.resources is None:
        return spec
    if _resize_is_infeasible(pod):
        spec = {}
    actual, allocated = status.resources.requests or {}, status.allocated_resources or {}
    return _most([spec, _exact(actual), _exact(allocated)])


def is_pod_level(name: str) -> bool:
    """Whether the resource may be given to a pod as a whole: IsSupportedPodLevelResource."""
    return name in ("cpu", "memory") or name.startswith("hugepages-")


def _exact(quantities: Mapping[str, str | float]) -> Amounts:
    """As the API server keeps them: each rounded up to thousandths, by SetDefaults_ResourceList."""
    return {name: milli_value(nanos(q)) * MILLI for name, q in quantities.items()}


def _add(total: Amounts, more: Amounts) -> None:
    for name, amount in more.items():
        total[name] = total.get(name, 0) + amount


def _raise(most: Amounts, other: Amounts) -> None:
    for name, amount in other.items():
        if name not in most or amount > most[name]:
            most[name] = amount


def _most(several: Sequence[Amounts]) -> Amounts:
    most: Amounts = {}
    for amounts in several:
        _raise(most, amounts)
    return most


def _rounded(amounts: Amounts) -> Amounts:
    return {
        name: milli_value(amount) if name == "cpu" else value(amount)
        for name, amount in amounts.items()
        if counts(name)
    }


@lru_cache(maxsize=1024)
def counts(name: str) -> bool:
    """Whether the scheduler counts the resource at all.

    Mirrors IsScalarResourceName of pkg/scheduler/util/utils.go.
    """
    if name in PLAIN or name.startswith(("hugepages-", "attachable-volumes-")):
        return True
    return "/" in name and ("kubernetes.io/" in name or not name.startswith("requests."))


def allocatable(quantities: Mapping[str, str | float]) -> Amounts:
    """What a node can give, `pods` among it."""
    amounts = _rounded(_exact(quantities))
    if "pods" in quantities:
        amounts["pods"] = value(nanos(quantities["pods"]))
    return amounts

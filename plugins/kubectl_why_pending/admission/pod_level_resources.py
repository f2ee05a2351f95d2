"""Resources of a pod as a whole, where only a part of them is given.

Mirrors DefaultPodLevelResources of pkg/api/pod/util.go (1.37) and defaultPodRequests of
pkg/apis/core/v1/defaults.go (before).
"""

from msgspec.structs import replace

from kubectl_why_pending.admission.pod_totals import (
    is_huge_pages,
    limits,
    may_be_overcommitted,
    of_containers,
    requests,
)
from kubectl_why_pending.admission.quantity import Amounts, parsed, spelled
from kubectl_why_pending.objects.pod import NO_REQUIREMENTS, Pod, PodSpec, Requirements
from kubectl_why_pending.scheduler.requests import is_pod_level

SINCE = 34  # the gate PodLevelResources is on by default; before, the field is dropped
AFTER_ADMISSION = 37  # and before, it was filled in before admission


def with_pod_level_resources(pod: Pod, minor: int) -> Pod:
    """The pod with what its containers' resources and its own limits make of the rest."""
    spec, own = pod.spec, pod.spec.resources
    if minor < SINCE:
        return replace(pod, spec=replace(spec, resources=NO_REQUIREMENTS))
    if not own.limits and not own.requests:
        return pod
    asked, bound = parsed(own.requests), parsed(own.limits)
    _fill_huge_pages(spec, asked, bound)
    if bound or minor >= AFTER_ADMISSION:
        _fill_requests(spec, asked, bound)
    if minor >= AFTER_ADMISSION:
        _fill_limits(spec, asked, bound)
    resources = Requirements(requests=spelled(asked), limits=spelled(bound))
    return replace(pod, spec=replace(spec, resources=resources))


def _fill_huge_pages(spec: PodSpec, asked: Amounts, bound: Amounts) -> None:
    for name, quantity in of_containers(spec, limits).items():
        if is_huge_pages(name) and name not in asked:
            bound.setdefault(name, quantity)


def _fill_requests(spec: PodSpec, asked: Amounts, bound: Amounts) -> None:
    for name, quantity in of_containers(spec, requests).items():
        if is_pod_level(name) and may_be_overcommitted(name):
            asked.setdefault(name, quantity)
    for name, quantity in bound.items():
        if is_pod_level(name):
            asked.setdefault(name, quantity)


def _fill_limits(spec: PodSpec, asked: Amounts, bound: Amounts) -> None:
    """A limit where every container has one: their sum, or the request if that is more."""
    total = of_containers(spec, limits)
    everyone = [*spec.containers, *spec.init_containers]
    for name, quantity in asked.items():
        if not is_pod_level(name) or name in bound:
            continue
        if all(name in container.resources.limits for container in everyone) and name in total:
            bound[name] = max(total[name], quantity, key=lambda q: q.nanos)

"""What a pod's containers ask for together, in the API server's own quantities.

Mirrors PodRequests and PodLimits of k8s.io/component-helpers/resource/helpers.go for a pod without a status.
"""

from collections.abc import Callable

from kubectl_why_pending.admission.quantity import Amounts, add, parsed, raise_to
from kubectl_why_pending.objects.pod import Pod, PodSpec, Quantities, Requirements
from kubectl_why_pending.scheduler.requests import is_pod_level

Part = Callable[[Requirements], Quantities]


def requests(requirements: Requirements) -> Quantities:
    """The half that the scheduler counts."""
    return requirements.requests


def limits(requirements: Requirements) -> Quantities:
    """The half that the kubelet holds it to."""
    return requirements.limits


def of_containers(spec: PodSpec, part: Part) -> Amounts:
    """The sum of containers and sidecars, or the most that an init container needs beside those before it."""
    total: Amounts = {}
    for container in spec.containers:
        add(total, parsed(part(container.resources)))
    sidecars: Amounts = {}
    most: Amounts = {}
    for container in spec.init_containers:
        amounts = parsed(part(container.resources))
        if container.restart_policy == "Always":
            add(total, amounts)
            add(sidecars, amounts)
            raise_to(most, sidecars)
        else:
            beside = dict(amounts)
            add(beside, sidecars)
            raise_to(most, beside)
    raise_to(total, most)
    return total


def requests_of(pod: Pod) -> Amounts:
    """With what is asked for the pod as a whole, and its overhead."""
    total = of_containers(pod.spec, requests)
    total |= _pod_level(pod.spec.resources.requests)
    add(total, parsed(pod.spec.overhead))
    return total


def limits_of(pod: Pod) -> Amounts:
    """With the limits of the pod as a whole, and its overhead where there is a limit."""
    total = of_containers(pod.spec, limits)
    total |= _pod_level(pod.spec.resources.limits)
    overhead = parsed(pod.spec.overhead)
    add(total, {n: q for n, q in overhead.items() if n in total and total[n].nanos})
    return total


def _pod_level(quantities: Quantities) -> Amounts:
    return {n: q for n, q in parsed(quantities).items() if is_pod_level(n)}


def has_pod_level(spec: PodSpec) -> bool:
    """Whether any is: IsPodLevelResourcesSet."""
    return any(map(is_pod_level, (*spec.resources.requests, *spec.resources.limits)))


def is_huge_pages(name: str) -> bool:
    """IsHugePageResourceName of pkg/apis/core/helper."""
    return name.startswith("hugepages-")


def is_native(name: str) -> bool:
    """Whether Kubernetes itself knows the resource: IsNativeResource."""
    return "/" not in name or "kubernetes.io/" in name


def may_be_overcommitted(name: str) -> bool:
    """Whether a limit may be above the request: IsOvercommitAllowed."""
    return is_native(name) and not is_huge_pages(name)

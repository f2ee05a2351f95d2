"""Which lists the verdict on some pods takes beside nodes and pods: no more are read."""

from collections.abc import Iterable, Sequence
from typing import Any

from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.affinity import PodAffinityTerm
from kubectl_why_pending.objects.budget import BUDGETS
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.requests import PLAIN


def needed(waiting: Sequence[Pod], pods: Iterable[Pod]) -> list[Resource[Any]]:
    """The kinds to read; `pods` are all pods of the cluster."""
    everyone = list(pods)
    kinds: list[Resource[Any]] = []
    if any(_has_storage(pod) for pod in waiting):
        from kubectl_why_pending.lists import STORAGE

        kinds += STORAGE
    if any(_has_devices(pod) for pod in waiting):
        from kubectl_why_pending.lists import DEVICES

        kinds += DEVICES
    if any(_selects_namespaces(pod) for pod in (*waiting, *everyone)):
        kinds.append(NAMESPACES)
    highest = max((pod.spec.priority or 0 for pod in waiting), default=0)
    if any((pod.spec.priority or 0) < highest for pod in everyone):
        kinds.append(BUDGETS)
    return kinds


def _has_storage(pod: Pod) -> bool:
    return any(volume.is_attachable for volume in pod.spec.volumes)


def _has_devices(pod: Pod) -> bool:
    """Claims, or a resource that a DeviceClass may stand behind."""
    containers = (*pod.spec.containers, *pod.spec.init_containers)
    names = {name for container in containers for name in container.resources.requests}
    return bool(pod.spec.resource_claims) or any("/" in name for name in names - set(PLAIN))


def _selects_namespaces(pod: Pod) -> bool:
    affinity = pod.spec.affinity
    return any(map(_by_selector, affinity.pod_affinity.required)) or any(
        map(_by_selector, affinity.pod_anti_affinity.required)
    )


def _by_selector(term: PodAffinityTerm) -> bool:
    return term.namespace_selector is not None

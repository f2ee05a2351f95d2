"""Which workloads own which: how a pod is known to be of `deploy/web`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kubectl_fieldkit.objects.resource import Resource

if TYPE_CHECKING:
    from kubectl_fieldkit.workloads import Key
    from kubectl_why_pending.objects.workload import Workload

Workloads = Sequence[tuple[Resource[Any], "Workload"]]


def key_of(resource: Resource[Any], workload: "Workload") -> "Key":
    """What tells it from all others of its cluster."""
    meta = workload.metadata
    return resource.group, resource.kind, meta.namespace, meta.name


def owners_among(workloads: Workloads) -> "dict[Key, Key]":
    """From each workload that is owned to its own owner."""
    if not workloads:
        return {}
    from kubectl_fieldkit.workloads import owner_of

    return {
        key_of(resource, workload): owner
        for resource, workload in workloads
        if (owner := owner_of(workload))
    }

"""Which kinds an export reads."""

from collections.abc import Iterable

from kubectl_fieldkit.cluster.discovery import ApiResource
from kubectl_neat.export.left_out.never import NEVER

VERBS = {"list", "create"}  # what cannot be created cannot be applied
FIRST = ("services", "statefulsets.apps")  # what is left out of other kinds depends on them


def kinds_to_read(preferred: Iterable[ApiResource], *, cluster: bool) -> list[ApiResource]:
    """What a user can make: in a namespace alone, or `cluster` kinds too; the FIRST ones in front."""
    chosen = [
        resource
        for resource in _creatable(preferred, cluster)
        if (resource.group, resource.kind) not in NEVER
    ]
    return sorted(chosen, key=lambda resource: resource.full_name not in FIRST)


def kinds_never_read(preferred: Iterable[ApiResource], *, cluster: bool) -> list[ApiResource]:
    """What could be read, and is nobody's own writing."""
    return [
        resource
        for resource in _creatable(preferred, cluster)
        if (resource.group, resource.kind) in NEVER
    ]


def _creatable(preferred: Iterable[ApiResource], cluster: bool) -> list[ApiResource]:
    return [
        resource
        for resource in preferred
        if set(resource.verbs) >= VERBS and (cluster or resource.namespaced)
    ]

"""Which kind a word means, as kubectl finds it out of what the server serves.

Mirrors Builder.mappingFor of k8s.io/cli-runtime/pkg/resource, and the mappers of client-go/restmapper:
the core group comes first, then the groups in the server's order, in each the preferred version.
"""

from collections.abc import Callable, Iterable, Sequence

from kubectl_fieldkit.cluster.discovery import ApiResource
from kubectl_fieldkit.errors import FieldkitError

Fits = Callable[[ApiResource], bool]


def find_resource(word: str, resources: Sequence[ApiResource]) -> ApiResource:
    """The kind that `deploy`, `deployments.apps`, `deployments.v1.apps` or `Deployment` names.

    FieldkitError in kubectl's words where there is none.
    """
    name, _, group = word.partition(".")
    version, dot, rest = group.partition(".")
    found = (
        (_by_resource(name, rest, version, resources) if dot else None)
        or _by_resource(name, group, "", resources)
        or (_by_kind(name, rest, version, resources) if dot else None)
        or _by_kind(name, group, "", resources)
    )
    if found is None:
        place = f' in group "{group}"' if group else ""
        raise FieldkitError(f'the server doesn\'t have a resource type "{name}"{place}')
    return found


def expand_categories(word: str, resources: Sequence[ApiResource]) -> list[str]:
    """The kinds of `deploy,svc`, each once, with a category such as `all` replaced by its own."""
    expanded = (name for part in word.split(",") for name in _members(part, resources) or [part])
    return list(dict.fromkeys(expanded))


def is_category(word: str, resources: Sequence[ApiResource]) -> bool:
    """Whether some kind says that it belongs there."""
    return bool(_members(word, resources))


def _members(category: str, resources: Sequence[ApiResource]) -> list[str]:
    return [resource.full_name for resource in resources if category in resource.categories]


def _by_resource(
    name: str, group: str, version: str, resources: Sequence[ApiResource]
) -> ApiResource | None:
    """By plural or singular, in any case; a short name is first made the plural that it stands for."""
    short = _of_short_name(name, group, resources)
    if short:  # which says the group, and no version
        name, group, version = short.plural, short.group, ""
    wanted = name.lower()

    def fits(resource: ApiResource) -> bool:
        return wanted in (resource.plural, resource.singular) and version in ("", resource.version)

    return _in_group(group, filter(fits, resources), prefix=not version)


def _of_short_name(name: str, group: str, resources: Sequence[ApiResource]) -> ApiResource | None:
    """The kind of a short name, in its exact case, unless the name is some kind's full one."""
    there = [resource for resource in resources if group in ("", resource.group)]
    if any(name in (resource.plural, resource.singular) for resource in there):
        return None
    return _in_group(group, (resource for resource in resources if name in resource.short_names))


def _by_kind(
    name: str, group: str, version: str, resources: Sequence[ApiResource]
) -> ApiResource | None:
    """By the kind itself, as manifests spell it or in lower case."""
    fitting = (
        resource
        for resource in resources
        if name in (resource.kind, resource.kind.lower())
        and group == resource.group
        and version in ("", resource.version)
    )
    return next(fitting, None)


def _in_group(
    group: str, fitting: Iterable[ApiResource], *, prefix: bool = True
) -> ApiResource | None:
    """The first of this group, else of one that begins so (`sc.storage`); of any where none is given."""
    candidates = list(fitting)
    exact = [resource for resource in candidates if group in ("", resource.group)]
    near = [resource for resource in candidates if prefix and resource.group.startswith(group)]
    return next(iter(exact or near), None)

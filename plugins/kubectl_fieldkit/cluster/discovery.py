"""What the server serves: every kind of object, in every version, as kubectl's discovery finds it.

One answer for /api and one for /apis say it all (aggregated discovery); a server that gives only the
names of its groups is asked for each version. An aggregated API that is away costs its own kinds alone.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.cluster.answers import object_of, refusal
from kubectl_fieldkit.cluster.client import Client
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.objects.meta import Kube

ROOTS = ("/api", "/apis")  # the core group's, which comes first, and all others'


class ApiResource(Struct, frozen=True):
    """A kind of object in one version, as the server names it."""

    group: str
    version: str
    plural: str
    singular: str
    kind: str
    namespaced: bool
    short_names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()

    @property
    def api_version(self) -> str:
        """The `apiVersion` of a manifest of this kind."""
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def full_name(self) -> str:
        """As kubectl names it without a doubt: `pods`, `deployments.apps`."""
        return f"{self.plural}.{self.group}" if self.group else self.plural

    def path(self, namespace: str = "", name: str = "") -> str:
        """The URL path of a list, or of one object; the empty namespace means all of them."""
        root = f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"
        middle = f"/namespaces/{namespace}" if namespace else ""
        return f"{root}{middle}/{self.plural}" + (f"/{name}" if name else "")


class Away(Struct, frozen=True):
    """A group and version whose kinds the server could not name, and why."""

    api_version: str
    reason: str

    def __str__(self) -> str:
        return f"{self.api_version}: {self.reason}"


class Discovery(Struct, frozen=True):
    """All that is served: core first, then group by group, in each the preferred version first."""

    resources: tuple[ApiResource, ...] = ()
    away: tuple[Away, ...] = ()

    @property
    def preferred(self) -> tuple[ApiResource, ...]:
        """Each kind once, in the version that its group prefers among those that have it."""
        first: dict[str, ApiResource] = {}
        for resource in self.resources:
            first.setdefault(resource.full_name, resource)
        return tuple(first.values())


class _Kind(Kube, frozen=True):
    kind: str = ""


class _Served(Kube, frozen=True):
    """What both forms of discovery say of a kind in the same words."""

    verbs: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class _Resource(_Served, frozen=True):
    """apidiscovery/v2 APIResourceDiscovery."""

    resource: str = ""
    response_kind: _Kind | None = None
    scope: str = ""
    singular_resource: str = ""


class _Version(Kube, frozen=True):
    version: str = ""
    resources: tuple[_Resource, ...] = ()
    freshness: str = ""


class _Name(Kube, frozen=True):
    name: str = ""


class _Group(Kube, frozen=True):
    metadata: _Name = _Name()
    versions: tuple[_Version, ...] = ()


class _ClassicResource(_Served, frozen=True):
    """meta/v1 APIResource."""

    name: str = ""
    kind: str = ""
    singular_name: str = ""
    namespaced: bool = False


class _ClassicList(Kube, frozen=True):
    resources: tuple[_ClassicResource, ...] = ()


class _ClassicVersion(Kube, frozen=True):
    version: str = ""


class _ClassicGroup(Kube, frozen=True):
    name: str = ""
    versions: tuple[_ClassicVersion, ...] = ()
    preferred_version: _ClassicVersion = _ClassicVersion()


class _Root(Kube, frozen=True):
    """An APIGroupDiscoveryList; else an APIVersions (`versions`) or an APIGroupList (`groups`)."""

    kind: str = ""
    items: tuple[_Group, ...] = ()
    versions: tuple[str, ...] = ()
    groups: tuple[_ClassicGroup, ...] = ()


def discover(client: Client) -> Discovery:
    """Everything served; ServerError where the server says nothing at all of it."""
    found = [thing for root in ROOTS for thing in _under(client, root)]
    resources = tuple(thing for thing in found if isinstance(thing, ApiResource))
    return Discovery(resources, tuple(thing for thing in found if isinstance(thing, Away)))


def _under(client: Client, root: str) -> Iterator[ApiResource | Away]:
    answer = _get(client, root, _Root)
    if answer.kind == "APIGroupDiscoveryList":
        for group in answer.items:
            for version in group.versions:
                yield from _aggregated(group.metadata.name, version)
        return
    core = (_ClassicGroup("", tuple(map(_ClassicVersion, answer.versions))),)
    for classic in core if root == "/api" else answer.groups:
        for version_name in _preferred_first(classic):
            yield from _classic(client, classic.name, version_name)


def _aggregated(group: str, version: _Version) -> Iterator[ApiResource | Away]:
    name = version.version
    if version.freshness == "Stale":
        yield Away(
            f"{group}/{name}", f"stale GroupVersion discovery: {group}/{name}"
        )  # client-go's
        return
    for entry in version.resources:
        kind = entry.response_kind.kind if entry.response_kind else ""
        if kind:  # else only its subresources are served
            names = (entry.resource, entry.singular_resource, kind)
            yield _resource(group, name, names, entry.scope == "Namespaced", entry)


def _preferred_first(group: _ClassicGroup) -> list[str]:
    preferred = group.preferred_version.version
    versions = [entry.version for entry in group.versions]
    return sorted(versions, key=lambda version: version != preferred)


def _classic(client: Client, group: str, version: str) -> Iterator[ApiResource | Away]:
    name = f"{group}/{version}" if group else version
    try:
        answer = _get(client, f"/apis/{name}" if group else f"/api/{name}", _ClassicList)
    except ServerError as err:
        yield Away(name, err.message)
        return
    for entry in answer.resources:
        if "/" not in entry.name:  # a subresource
            names = (entry.name, entry.singular_name, entry.kind)
            yield _resource(group, version, names, entry.namespaced, entry)


def _resource(
    group: str, version: str, names: tuple[str, str, str], namespaced: bool, entry: _Served
) -> ApiResource:
    """Of its names, plural, singular and kind, old servers leave the second out."""
    plural, singular, kind = names
    return ApiResource(
        group,
        version,
        plural,
        singular or kind.lower(),
        kind,
        namespaced,
        entry.short_names,
        entry.categories,
        entry.verbs,
    )


def _get(client: Client, path: str, form: type[Any]) -> Any:
    response = client.get(path)
    if response.status != 200:
        raise refusal(response, f"get {path}")
    return object_of(form, response)

"""What is read: kind by kind, so that a cluster need not fit into memory at once."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kubectl_fieldkit.cluster.discovery import ApiResource, Away
from kubectl_fieldkit.cluster.progress import Progress
from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.reading import Refused
from kubectl_neat.export.left_out.rule import Surroundings, Tree, items, mapping

AFFECTS = ["files", "leftOut"]


class Kind(Struct, frozen=True):
    """A kind's objects, or why there are none."""

    resource: ApiResource
    trees: Sequence[Tree] = ()
    unread: Incomplete | None = None


def read_namespace(server: ApiServer, resource: ApiResource, name: str) -> Kind:
    """The namespace itself; ServerError (404) where there is none."""
    answer = server.raw(resource, name=name)
    if isinstance(answer, Refused):
        return Kind(resource, (), _unread(resource, "get", "", answer.message))
    return Kind(resource, answer)


def read_kinds(
    server: ApiServer, chosen: Sequence[ApiResource], namespace: str, progress: Progress
) -> Iterator[Kind]:
    """Each kind's objects in a namespace, or in all; a kind that cannot be read costs itself alone."""
    progress.start()
    for done, resource in enumerate(chosen):
        progress.show("kinds", done, len(chosen) - done)
        yield _read(server, resource, namespace)
    progress.clear()


def away(missing: Away) -> Incomplete:
    """Kinds that are not even known, since their API does not answer."""
    return Incomplete(
        verb="list",
        resource=missing.api_version,
        namespace="",
        affects=AFFECTS,
        reason=missing.reason,
        settled_by=f"{missing.api_version} being available",
    )


def look_around(around: Surroundings, kind: Kind) -> None:
    """Notes what decides on objects of other kinds."""
    for tree in kind.trees:
        meta, spec = mapping(tree, "metadata"), mapping(tree, "spec")
        namespace, name = str(meta.get("namespace", "")), str(meta.get("name", ""))
        if kind.resource.full_name == "services" and spec.get("selector"):
            around.selecting.add((namespace, name))
        elif kind.resource.full_name == "statefulsets.apps":
            for template in items(spec, "volumeClaimTemplates"):
                claim = mapping(template, "metadata").get("name", "")
                around.claims.add((namespace, f"{claim}-{name}"))


def _read(server: ApiServer, resource: ApiResource, namespace: str) -> Kind:
    try:
        answer = server.raw(resource, namespace=namespace if resource.namespaced else "")
    except ServerError as err:
        if err.code == 401:  # which every other kind would meet as well
            raise
        return Kind(resource, (), _unread(resource, "list", namespace, err.message))
    if isinstance(answer, Refused):
        return Kind(resource, (), _unread(resource, "list", namespace, answer.message))
    return Kind(resource, answer)


def _unread(resource: ApiResource, verb: str, namespace: str, reason: str) -> Incomplete:
    return Incomplete(
        verb=verb,
        resource=resource.full_name,
        namespace=namespace,
        affects=AFFECTS,
        reason=reason,
        settled_by=f"the right to {verb} {resource.full_name}",
    )

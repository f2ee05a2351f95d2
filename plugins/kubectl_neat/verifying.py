"""--verify: the server itself says whether anything was lost, and whether anything is left, by dry runs.

Of each object a new one is asked for under another name, with `dryRun=All`: admission and defaults run, and
nothing is stored. Nothing is lost when the server makes of it what the live object is; something is left
when the server makes the same without it.
"""

from collections.abc import Iterator, Sequence
from secrets import token_hex
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.cluster.discovery import ApiResource
from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.errors import ServerError
from kubectl_neat.added import take_added, take_emptied
from kubectl_neat.authored import Evidence, evidence_of
from kubectl_neat.defaults import read_table
from kubectl_neat.editing import Work
from kubectl_neat.gone import gather, without
from kubectl_neat.neat_text import NeatObject
from kubectl_neat.neating import Known
from kubectl_neat.nulls import take_nulls
from kubectl_neat.removal import Path, spell

Tree = dict[str, Any]

IDENTITY = {("apiVersion",), ("kind",), ("metadata", "name"), ("metadata", "namespace")}
# Which class is the default is the cluster's matter; the others say what a reader must know.
ON_PURPOSE = {
    "apiGroup",
    "emptyDir",
    "generation",
    "ingressClassName",
    "podSelector",
    "revision",
    "spec",
    "storageClassName",
    "value",
}


# Two objects cannot have the same, so that what was asked for cannot be asked for again.
OF_ONE_ONLY = {"clusterIP", "clusterIPs", "healthCheckNodePort", "nodePort"}


class Verified(Struct, frozen=True):
    """What the server says of one object: fields lost and left, or why it cannot be asked."""

    before: Tree
    lost: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    unknown: str = ""

    @property
    def is_good(self) -> bool:
        """Proven, and nothing lost or left."""
        return not (self.lost or self.left or self.unknown)


def verify(server: ApiServer, objects: Sequence[NeatObject], known: Known) -> list[Verified]:
    """The server's word on each object, in their order."""
    resources = {(r.api_version, r.kind): r for r in reversed(server.discover().resources)}
    return [_verify(_Asked(server, resources, each, known)) for each in objects]


class _Asked:
    """One object, to be made again under another name."""

    def __init__(
        self,
        server: ApiServer,
        resources: dict[tuple[str, str], ApiResource],
        each: NeatObject,
        known: Known,
    ) -> None:
        self.before, self.tree, self.known = each.before, each.neat.tree, known
        self.written = evidence_of(each.before).applied
        self._server = server
        kind = str(each.before.get("apiVersion")), str(each.before.get("kind"))
        self._resource = resources.get(kind)
        self._is_built_in = read_table(known.release).knows(*kind)
        self._name = f"neat-{token_hex(4)}"

    def make(self, tree: Tree) -> Tree:
        """What the server makes of it, in comparable form; ServerError for every no."""
        if self._resource is None or "create" not in self._resource.verbs:
            raise ServerError(405, "MethodNotAllowed", "the server makes no objects of this kind")
        namespace = str(tree.get("metadata", {}).get("namespace") or "")
        namespace = namespace or (self._server.namespace or "default")
        place = namespace if self._resource.namespaced else ""
        return self.comparable(
            self._server.dry_run_create(self._resource, _renamed(tree, self._name), place)
        )

    def live(self) -> Tree:
        """The object as it was before; of one that is on no server yet, what the server would make of it."""
        if "uid" in self.before.get("metadata", {}):
            return self.comparable(self.before)
        return self.make(self.before)

    def comparable(self, tree: Tree) -> Tree:
        """Without what differs between any two objects: the server's records, and what it allocates."""
        work = Work(tree)
        take_added(work, Evidence(frozenset(), None), tree["kind"] if self._is_built_in else "")
        take_emptied(work)
        take_nulls(work)
        for path in (("metadata", "name"), ("metadata", "namespace")):
            work.drop(path, "")
        if tree["kind"] == "CustomResourceDefinition":
            work.drop(("spec", "names", "plural"), "")
        return work.finish()


def _verify(asked: _Asked) -> Verified:
    try:
        made, live = asked.make(asked.tree), asked.live()
    except ServerError as err:
        return Verified(asked.before, unknown=err.message)
    lost = tuple(_differences(live, made, ()))
    left = tuple(spell(path) for path in _leaves(asked.tree, ()) if _is_left(asked, path, made))
    return Verified(asked.before, lost, left)


def _is_left(asked: _Asked, path: Path, made: Tree) -> bool:
    if path in IDENTITY or path[-1] in ON_PURPOSE or asked.known.is_kept(path):
        return False
    if not OF_ONE_ONLY.isdisjoint(path) or path in asked.written:
        return False
    try:
        return asked.make(without(asked.tree, gather([path]))) == made
    except ServerError:
        return False


def _renamed(tree: Tree, name: str) -> Tree:
    """The object as another one of its kind."""
    if tree["kind"] == "Service":
        tree = tree | {"spec": _anywhere(tree.get("spec", {}))}
    metadata = tree.get("metadata", {}) | {"name": name}
    if tree["kind"] != "CustomResourceDefinition":
        return tree | {"metadata": metadata}
    spec = tree["spec"] | {"names": tree["spec"]["names"] | {"plural": name}}
    return tree | {"metadata": metadata | {"name": f"{name}.{spec['group']}"}, "spec": spec}


def _anywhere(spec: Tree) -> Tree:
    """A Service's spec without the addresses and ports that it holds alone."""
    kept = {k: v for k, v in spec.items() if k not in OF_ONE_ONLY or v == "None"}
    ports = [
        {k: v for k, v in port.items() if k not in OF_ONE_ONLY} for port in spec.get("ports", ())
    ]
    return kept | ({"ports": ports} if ports else {})


def _leaves(node: Any, path: Path) -> Iterator[Path]:
    inner = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    found = False
    for step, value in inner:
        found = True
        yield from _leaves(value, (*path, step))
    if not found:
        yield path


def _differences(before: Any, after: Any, path: Path) -> Iterator[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            yield from _differences(before.get(key), after.get(key), (*path, key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for i, pair in enumerate(zip(before, after, strict=True)):
            yield from _differences(*pair, (*path, i))
    elif before != after:
        yield spell(path)

"""A change of one object, as a JSON patch that is applied here to prove it and by kubectl to make it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct, convert, to_builtins

from kubectl_fieldkit.objects.meta import KubeObject

T = TypeVar("T", bound=KubeObject)

Operation = Mapping[str, Any]  # of RFC 6902: add, replace or remove
WHOLE = ""  # the path of the whole document
DELETION: Operation = {"op": "remove", "path": WHOLE}


class Change(Struct, frozen=True):
    """One change; `cost` says how much is risked and asked for, the cheapest is proposed first.

    A patch that adds the whole document makes a new object, and one that removes it deletes the object.
    Changes of one `sort` do the same to different things.
    """

    kind: str
    namespace: str
    name: str
    title: str
    patch: tuple[Operation, ...]
    sort: str
    cost: int
    risk: str
    command: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Two changes are the same if they change the same object in the same way."""
        return self.kind, self.namespace, self.name, self.title

    @property
    def is_deletion(self) -> bool:
        """Whether the object goes."""
        return self.patch == (DELETION,)


def is_edit(change: Change) -> bool:
    """Whether it is the pod's own: of other pods, all that is ever asked is that they go."""
    return change.kind == "Pod" and not change.is_deletion


class Fix(Struct, frozen=True):
    """Changes that help together and not without any of them; `nodes` are those that the pod then fits."""

    changes: tuple[Change, ...]
    nodes: tuple[str, ...]

    @property
    def cost(self) -> int:
        """The sum of the changes'."""
        return sum(change.cost for change in self.changes)


def patched(thing: T, operations: Sequence[Operation]) -> T:
    """The object after the patch; ValueError or LookupError where a path is not there."""
    document = to_builtins(thing)
    for operation in operations:
        document = apply(document, operation)
    return convert(document, type(thing))


def apply(document: Any, operation: Operation) -> Any:
    """One operation of a JSON patch on a JSON document, which it may change."""
    if operation["path"] == WHOLE:
        return operation["value"]
    *path, last = [_unescaped(step) for step in operation["path"].split("/")[1:]]
    place = document
    for step in path:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if isinstance(place, list):
        _change_list(place, last, operation)
    elif operation["op"] == "remove":
        del place[last]
    else:
        place[last] = operation["value"]
    return document


def _change_list(place: list[Any], last: str, operation: Operation) -> None:
    if operation["op"] == "remove":
        del place[int(last)]
    elif last == "-":
        place.append(operation["value"])
    else:
        place[int(last)] = operation["value"]


def escaped(step: str) -> str:
    """A name as a step of a path."""
    return step.replace("~", "~0").replace("/", "~1")


def _unescaped(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")

"""A node's taints before and after a change; nothing here writes."""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.objects.node import Node, Taint

Operation = Literal["tainted", "untainted", "modified", "unchanged"]


class TaintChange(Struct, frozen=True):
    """What is asked for; with `remove_all` every taint goes, with `overwrite` a value may change."""

    add: tuple[Taint, ...] = ()
    remove: tuple[Taint, ...] = ()
    remove_all: bool = False
    overwrite: bool = False


class NodeChange(Struct, frozen=True):
    """One node's taints before and after, in kubectl's word for it."""

    node: Node
    operation: Operation
    before: tuple[Taint, ...]
    after: tuple[Taint, ...]

    @property
    def name(self) -> str:
        """The node's."""
        return self.node.metadata.name


def change(node: Node, asked: TaintChange) -> NodeChange:
    """The change to one node; what is there already, or gone already, is no change.

    Mirrors reorganizeTaints of k8s.io/kubectl/pkg/cmd/taint/utils.go: new taints come first.
    Raises FieldkitError, in kubectl's words, for another value without `overwrite`.
    """
    before = tuple(node.spec.taints)
    new = [taint for taint in asked.add if not _is_there(taint, before)]
    taken = [taint.key for taint in new if any(_match(taint, old) for old in before)]
    if taken and not asked.overwrite:
        keys = ",".join(taken)
        words = f"already has {keys} taint(s) with same effect(s) and --overwrite is false"
        raise FieldkitError(f"node {node.metadata.name} {words}")
    kept = [
        old
        for old in before
        if not asked.remove_all
        and not any(_match(taint, old) for taint in new)
        and not any(_matches_removal(taint, old) for taint in asked.remove)
    ]
    after = (*new, *kept)
    return NodeChange(node, _operation(before, after), before, after)


def _operation(before: Sequence[Taint], after: Sequence[Taint]) -> Operation:
    if tuple(before) == tuple(after):
        return "unchanged"
    added = any(not any(_match(new, old) for old in before) for new in after)
    gone = any(not any(_match(new, old) for new in after) for old in before)
    if added and not gone and all(old in after for old in before):
        return "tainted"
    return "untainted" if gone and not added and all(new in before for new in after) else "modified"


def undo(changed: Sequence[NodeChange], connection: Sequence[str] = ()) -> list[str]:
    """The command lines that bring the taints back, one for all nodes that need the same.

    `connection` are the flags that lead to the same cluster.
    """
    import shlex

    nodes: dict[tuple[str, ...], list[str]] = {}
    for one in changed:
        for words in _undo(one):
            nodes.setdefault(words, []).append(one.name)
    return [
        shlex.join(["kubectl", "taints", verb, *names, *words, *connection])
        for (verb, *words), names in nodes.items()
    ]


def _undo(changed: NodeChange) -> Iterator[tuple[str, ...]]:
    """A verb, and what follows the nodes."""
    added = [new for new in changed.after if not any(_match(new, old) for old in changed.before)]
    if added:
        yield ("remove", *map(str, added))
    gone = [old for old in changed.before if not _is_there(old, changed.after)]
    if gone:
        yield ("add", *map(str, gone), "--overwrite")


def _is_there(taint: Taint, taints: Sequence[Taint]) -> bool:
    return any(_match(taint, other) and taint.value == other.value for other in taints)


def _match(one: Taint, other: Taint) -> bool:
    """Taint.MatchTaint: the same key and effect."""
    return (one.key, one.effect) == (other.key, other.effect)


def _matches_removal(asked: Taint, there: Taint) -> bool:
    return asked.key == there.key and asked.effect in ("", there.effect)

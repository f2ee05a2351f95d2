"""What a rule looks at, and what it is."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

Tree = dict[str, Any]


class Candidate(Struct, frozen=True):
    """A live object that may be exported."""

    group: str
    kind: str
    tree: Tree

    @property
    def meta(self) -> Tree:
        """Its metadata."""
        return mapping(self.tree, "metadata")

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.meta.get("name", ""))

    @property
    def namespace(self) -> str:
        """Its namespace; empty for a cluster's."""
        return str(self.meta.get("namespace", ""))

    @property
    def labels(self) -> Tree:
        """Its labels."""
        return mapping(self.meta, "labels")

    @property
    def annotations(self) -> Tree:
        """Its annotations."""
        return mapping(self.meta, "annotations")

    def is_a(self, group: str, kind: str) -> bool:
        """Whether it is of this group and kind."""
        return (self.group, self.kind) == (group, kind)


class Surroundings(Struct, frozen=True):
    """What a decision needs of other objects: (namespace, name) of Services with a selector, and
    (namespace, prefix) of the claims that StatefulSets make from their templates.
    """

    selecting: set[tuple[str, str]] = set()
    claims: set[tuple[str, str]] = set()


class Rule(Struct, frozen=True):
    """A named rule; `reason` is its words for an object, and empty where it does not apply."""

    name: str
    reason: Callable[[Candidate, Surroundings], str]


def mapping(tree: Tree, key: str) -> Tree:
    """The mapping under a key; an empty one where there is something else."""
    value = tree.get(key)
    return value if isinstance(value, dict) else {}


def items(tree: Tree, key: str) -> list[Tree]:
    """The mappings in the list under a key."""
    value = tree.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

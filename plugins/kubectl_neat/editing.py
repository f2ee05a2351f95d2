"""An object that is being taken apart: the only way in which anything leaves it."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from kubectl_neat.removal import Path, Removal

Node = dict[str, Any]

EMPTIED = "nothing is left of it"


class _Gone:
    """Stands where a list's item was, so that the others keep their positions until the end."""


_GONE: Final = _Gone()


class Work:
    """A copy of the object, and what has been removed from it.

    `is_kept` tells what must stay because it was asked for, `is_written` what is known to be the user's
    own words: of such a place, and of those above it.
    """

    def __init__(
        self,
        tree: Node,
        is_kept: Callable[[Path], bool] = lambda _: False,
        is_written: Callable[[Path], bool] = lambda _: False,
    ) -> None:
        self.tree: Node = copy_of(tree)
        self._is_kept = is_kept
        self._is_written = is_written
        self._removals: dict[Path, Removal] = {}
        self._with_gaps: list[list[Any]] = []

    def find(self, path: Path) -> Any:
        """What stands there now, else None."""
        node: Any = self.tree
        for step in path:
            if isinstance(node, dict):
                node = node.get(step)
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                return None
        return None if node is _GONE else node

    def mapping(self, path: Path) -> Node:
        """The mapping that stands there; an empty one where none does."""
        found = self.find(path)
        return found if isinstance(found, dict) else {}

    def items(self, path: Path) -> Iterator[tuple[Path, Any]]:
        """The items that are left of the list that stands there, with their paths."""
        found = self.find(path)
        for i, item in enumerate(found if isinstance(found, list) else ()):
            if item is not _GONE:
                yield (*path, i), item

    def mappings(self, path: Path) -> Iterator[tuple[Path, Node]]:
        """The same, of a list of mappings."""
        return ((at, item) for at, item in self.items(path) if isinstance(item, dict))

    def drop(self, path: Path, reason: str, *, even_written: bool = False) -> bool:
        """Takes away what stands there, unless it shall stay; says whether it is gone."""
        if self._is_kept(path) or (not even_written and self._is_written(path)):
            return False
        parent, last = self.find(path[:-1]), path[-1]
        if isinstance(parent, list) and isinstance(last, int):
            value, parent[last] = parent[last], _GONE
            self._with_gaps.append(parent)
        elif isinstance(parent, dict) and last in parent:
            value = parent.pop(str(last))
        else:
            return False
        self._removals[path] = Removal(path, value, reason)
        return True

    def drop_emptied(self, path: Path) -> None:
        """Takes away a mapping or list of which every entry has been taken away."""
        found = self.find(path)
        if isinstance(found, dict | list) and not _rest(found):
            self.drop(path, EMPTIED, even_written=True)

    def finish(self) -> Node:
        """What is left."""
        for found in self._with_gaps:
            found[:] = _rest(found)
        return self.tree

    @property
    def removals(self) -> tuple[Removal, ...]:
        """What was taken away and why, in the order in which it went."""
        return tuple(each for each in self._removals.values() if each.reason != EMPTIED)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The places that are gone, without those below others."""
        return tuple(path for path in self._removals if not self._is_below_another(path))

    def _is_below_another(self, path: Path) -> bool:
        return any(path[:length] in self._removals for length in range(len(path)))


def _rest(found: Any) -> Any:
    """A list without its gaps, a mapping as it is."""
    return [item for item in found if item is not _GONE] if isinstance(found, list) else found


def copy_of(value: Any) -> Any:
    """A deep copy of plain data."""
    if isinstance(value, dict):
        return {key: copy_of(inner) for key, inner in value.items()}
    return [copy_of(inner) for inner in value] if isinstance(value, list) else value

"""One object, neat: what its user wrote."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from kubectl_neat.added import take_added, take_emptied
from kubectl_neat.authored import evidence_of
from kubectl_neat.defaults import Shape, read_table, take_defaults
from kubectl_neat.defaults.table import NEWEST
from kubectl_neat.editing import Work
from kubectl_neat.nulls import take_nulls
from kubectl_neat.patterns import Pattern
from kubectl_neat.removal import Path, Removal
from kubectl_neat.unmanaged import take_unmanaged


class Known(Struct, frozen=True):
    """What is known beside the object: the server's minor version, the type of a custom resource by its
    apiVersion and kind, and what the user wants kept and dropped.
    """

    release: int = NEWEST
    custom: Callable[[str, str], Shape | None] = lambda api_version, kind: None
    keep: tuple[Pattern, ...] = ()
    drop: tuple[Pattern, ...] = ()

    def is_kept(self, path: Path) -> bool:
        """Whether the user asked to keep what stands there, or something above or below it."""
        return any(pattern.touches(path) for pattern in self.keep)


class Neat(Struct, frozen=True):
    """What is left of an object, in its order, and what went, with the reasons.

    `paths` are the places that are gone, none of them below another.
    """

    tree: dict[str, Any]
    removed: tuple[Removal, ...]
    paths: tuple[Path, ...]


def neat(tree: Mapping[str, Any], known: Known) -> Neat:
    """The object without what the cluster added; the argument stays as it is."""
    evidence = evidence_of(tree)

    work = Work(dict(tree), known.is_kept, evidence.applied.__contains__)
    api_version, kind = str(tree.get("apiVersion")), str(tree.get("kind"))
    table = read_table(known.release)
    is_built_in = table.knows(api_version, kind)
    take_added(work, evidence, kind if is_built_in else "")
    take_unmanaged(work, evidence)
    if is_built_in:
        take_nulls(work)
    shape = table.shape(api_version, kind) or known.custom(api_version, kind)
    if shape:
        take_defaults(work, shape)
    for pattern in known.drop:
        pattern.take(work)
    take_emptied(work)
    return Neat(work.finish(), work.removals, work.paths)

"""What the rules of validation are written with."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.kubectl_neat.random_objects.maker import TYPES, Maker, Tree

Draw = Callable[[Maker], Any]


def one_of(*options: Any) -> Draw:
    """A field that is one of these."""
    return lambda maker: maker.one(options)


def some_of(*options: Any, least: int = 1) -> Draw:
    """A list of some of these, each once at most."""
    return lambda maker: maker.random.sample(
        options, maker.random.randint(least, min(3, len(options)))
    )


def map_of(keys: Iterable[str], values: Iterable[Any], least: int = 0) -> Draw:
    """A map with some of these keys."""
    names, options = tuple(keys), tuple(values)
    return lambda maker: {key: maker.one(options) for key in some_of(*names, least=least)(maker)}


def drop(tree: Tree, *fields: str) -> None:
    """What validation, or a disabled feature, has no place for."""
    for field in fields:
        tree.pop(field, None)


def exactly_one(name: str, *fields: str) -> Callable[[Maker, Tree], None]:
    """The mend of a type of which exactly one of these fields is given."""

    def mend(maker: Maker, tree: Tree) -> None:
        given = [field for field in fields if field in tree]
        chosen = maker.one(given or fields)
        drop(tree, *(field for field in fields if field != chosen))
        if chosen not in tree:
            tree[chosen] = maker.field(name, chosen, field_type(name, chosen))

    return mend


def field_type(name: str, field: str) -> Any:
    """The type of a field, required or not."""
    fields = TYPES[name]
    return fields.get(field) or fields[f"{field}!"]


def give(maker: Maker, tree: Tree, name: str, *fields: str) -> None:
    """Makes fields that must be there this time."""
    for field in fields:
        if field not in tree:
            tree[field] = maker.field(name, field, field_type(name, field))


def unique(rows: list[Tree], *keys: str) -> list[Tree]:
    """The first row of each key."""
    seen: dict[Any, Tree] = {}
    for row in rows:
        seen.setdefault(tuple(str(row.get(key)) for key in keys), row)
    return list(seen.values())


def number(rows: Iterable[Tree], prefix: str, key: str = "name") -> None:
    """Names that differ."""
    for position, row in enumerate(rows):
        row[key] = f"{prefix}{position}"

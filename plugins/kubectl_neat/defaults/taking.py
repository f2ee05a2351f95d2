"""Takes away every default that the server would give back."""

from typing import Any

from kubectl_neat.defaults.table import Shape
from kubectl_neat.editing import Work
from kubectl_neat.removal import Path

DEFAULT = "the default"


def take_defaults(work: Work, shape: Shape, path: Path = ()) -> None:
    """What stands there loses its defaults, whole branches first, then what is left of them.

    A branch is a default when it is all that the server would fill in at its place.
    """
    node = work.mapping(path)
    for rule in shape.rules:
        rule.take(work, path)
    for field, default in shape.defaults.items():
        if field in node and field not in shape.required and _same(node[field], default):
            work.drop((*path, field), DEFAULT)
    for field, (many, inner) in shape.fields.items():
        if field in node:
            _into(work, (*path, field), many, inner)


def _into(work: Work, path: Path, many: str, shape: Shape) -> None:
    if many == "[]":
        for at, _ in list(work.mappings(path)):
            take_defaults(work, shape, at)
    elif many == "{}":
        for key in work.mapping(path):
            take_defaults(work, shape, (*path, key))
    else:
        take_defaults(work, shape, path)


def _same(value: Any, default: Any) -> bool:
    """Equal, and no number in a bool's place."""
    return bool(value == default) and isinstance(value, bool) is isinstance(default, bool)

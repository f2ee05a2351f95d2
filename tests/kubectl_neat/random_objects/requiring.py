"""Which of an object's fields the schema requires: no user can leave them out, whatever the server fills in."""

from collections.abc import Sequence
from typing import Any

from tests.kubectl_neat.random_objects.maker import SCHEMA, TYPES

KINDS: dict[str, list[str]] = SCHEMA["kinds"]


def is_required(tree: dict[str, Any], path: Sequence[str | int]) -> bool:
    """Whether the last step of the path is a required field of what holds it."""
    kind: Any = KINDS[f"{tree['apiVersion']} {tree['kind']}"][1]
    required = False
    for step in path:
        kind, required = _inside(kind, step)
    return required


def _inside(kind: Any, step: str | int) -> tuple[Any, bool]:
    if isinstance(kind, list):
        return kind[0], False
    if isinstance(kind, dict):
        return kind.get("*"), False
    fields = TYPES.get(kind, {})
    if isinstance(fields, dict) and f"{step}!" in fields:
        return fields[f"{step}!"], True
    return fields.get(step) if isinstance(fields, dict) else None, False

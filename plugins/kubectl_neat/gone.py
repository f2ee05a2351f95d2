"""The paths that go, as a tree: what is below a step, nothing where the value itself goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kubectl_neat.removal import Path

Gone = dict[str | int, "Gone"]


def gather(paths: Iterable[Path]) -> Gone:
    """The paths of one tree, none of them below another and none of them the tree itself."""
    gone: Gone = {}
    for path in paths:
        below = gone
        for step in path:
            below = below.setdefault(step, {})
    return gone


def without(value: Any, gone: Gone) -> Any:
    """The value as it is when they are gone; what they are not below is shared, not copied."""
    if not gone:
        return value
    if isinstance(value, dict):
        return {
            key: without(inner, gone.get(key, {}))
            for key, inner in value.items()
            if key not in gone or gone[key]
        }
    if isinstance(value, list):
        return [
            without(inner, gone.get(at, {}))
            for at, inner in enumerate(value)
            if at not in gone or gone[at]
        ]
    return value

"""Edits of a pod or a template as a strategic merge patch, which names list items by their keys."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

Tree = dict[str, Any]
Path = tuple[str | int, ...]

# The patchMergeKey of each list in k8s.io/api/core/v1/types.go; other lists are replaced whole.
MERGE_KEYS = {"initContainers": "name", "containers": "name", "ports": "containerPort"}


class Edit(Struct, frozen=True):
    """A new value at a place; None takes away what is there. `note` says what that costs."""

    path: Path
    value: Any
    note: str = ""


def parse_path(path: str) -> Path:
    """The steps of `containers[1].securityContext`, or of `metadata.annotations[example.com/key]`."""
    import re

    steps = re.findall(r"\[(\d+)\]|\[([^\]]*)\]|([^.\[]+)", path)
    return tuple(int(index) if index else key or name for index, key, name in steps)


def is_ambiguous(tree: Tree, path: Path) -> bool:
    """Whether a strategic merge could not tell one of the path's list items from another."""
    value: Any = tree
    for before, step in zip(("", *path), path, strict=False):
        if isinstance(step, int) and before in MERGE_KEYS:
            key = MERGE_KEYS[str(before)]
            if [item.get(key) for item in value].count(value[step].get(key)) > 1:
                return True
        value = value[step] if isinstance(step, int) else value.get(step, {})
    return False


def apply_edit(tree: Tree, edit: Edit) -> None:
    """The tree as the API will have it."""
    *steps, last = edit.path
    place: Any = tree
    for step in steps:
        place = place[step] if isinstance(step, int) else place.setdefault(step, {})
    if edit.value is None:
        place.pop(last, None)
    else:
        place[last] = _without_nulls(edit.value)


def _without_nulls(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {key: inner for key, inner in value.items() if inner is not None}


def add_to_patch(patch: Tree, tree: Tree, edit: Edit) -> None:
    """The edit as part of a patch for the tree."""
    *steps, last = edit.path
    place: Any = patch
    there: Any = tree
    for i, step in enumerate(steps):
        if isinstance(step, int):
            key = MERGE_KEYS[str(steps[i - 1])]
            there = there[step]
            place = _item(place, key, there.get(key))
        else:
            there = there.get(step, {})
            is_list = i + 1 < len(steps) and isinstance(steps[i + 1], int)
            place = place.setdefault(step, [] if is_list else {})
    place[last] = edit.value


def _item(items: list[Tree], key: str, name: Any) -> Tree:
    for item in items:
        if item[key] == name:
            return item
    items.append({key: name})
    return items[-1]


def at_path(steps: Sequence[str], patch: Tree) -> Tree:
    """The patch of a template as one of the object that keeps it there."""
    for step in reversed(steps):
        patch = {step: patch}
    return patch

"""A failure made as small as it still fails, and kept as a case file."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.kubectl_neat.random_objects.requiring import is_required

Tree = dict[str, Any]
Path_ = tuple[str | int, ...]
CASES = Path(__file__).parent.parent / "random_cases"
# Without these an object is none.
NEEDED = {("apiVersion",), ("kind",), ("metadata",), ("metadata", "name")}


def shrink(tree: Tree, fails: Callable[[Tree], bool]) -> Tree:
    """What is left of a failing object when nothing more can go without the failure going too."""
    smaller = True
    while smaller:
        smaller = False
        for path in list(places(tree)):
            if is_required(tree, path):
                continue
            without = deepcopy(tree)
            if remove(without, path) and fails(without):
                tree, smaller = without, True
    return tree


def keep(tree: Tree, folder: str) -> Path:
    """The case file, called after the object's kind and what is in it."""
    text = json.dumps(tree, indent=1) + "\n"
    name = f"{tree['kind'].lower()}-{sha256(text.encode()).hexdigest()[:6]}.json"
    file = CASES / folder / name
    file.write_text(text)
    return file


def kept(folder: str) -> list[Path]:
    """The case files, for a test to replay."""
    return sorted((CASES / folder).glob("*.json"))


def places(tree: Any, at: Path_ = ()) -> Iterator[Path_]:
    """Every place of an object that may go, large ones before what they hold, lists from their end."""
    rows = list(tree.items()) if isinstance(tree, dict) else []
    rows = list(enumerate(tree))[::-1] if isinstance(tree, list) else rows
    for step, value in rows:
        path = (*at, step)
        if path not in NEEDED:
            yield path
        yield from places(value, path)


def leaves(tree: Any) -> Iterator[Path_]:
    """The places that hold nothing but a scalar or an empty collection."""
    for path in places(tree):
        value = tree
        for step in path:
            value = value[step]
        if not value or not isinstance(value, dict | list):
            yield path


def spell(path: Path_) -> str:
    """The path as people write it."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def replace(tree: Any, path: Path_, value: Any) -> None:
    """Puts another value there, where the place is still there."""
    *parents, last = path
    with suppress(KeyError, IndexError, TypeError):
        for step in parents:
            tree = tree[step]
        if isinstance(tree, dict) == isinstance(last, str):
            tree[last] = deepcopy(value)


def remove(tree: Any, path: Path_) -> bool:
    """Removes the place; whether it was still there."""
    *parents, last = path
    try:
        for step in parents:
            tree = tree[step]
        del tree[last]
    except (KeyError, IndexError, TypeError):
        return False
    return True

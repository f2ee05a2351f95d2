"""A null in a built-in kind's object is as good as nothing: k8s.io/apimachinery's decoder."""

from typing import Any

from kubectl_neat.editing import Work
from kubectl_neat.removal import Path

REASON = "null, which is the same as absent"


def take_nulls(work: Work) -> None:
    """Every null under a key; one in a list is an item."""
    _below(work, (), work.tree)


def _below(work: Work, path: Path, node: Any) -> None:
    if isinstance(node, dict):
        for key in list(node):
            if node[key] is None:
                work.drop((*path, key), REASON, even_written=True)
            else:
                _below(work, (*path, key), node[key])
    elif isinstance(node, list):
        for at, item in list(work.items(path)):
            _below(work, at, item)

"""Fields that nobody manages: admission, allocation and storage filled them in after the request."""

from typing import Any

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work
from kubectl_neat.removal import Path

REASON = "nobody manages it: the server filled it in, or its record was removed"
# Of an applied Secret's stringData the keys are recorded under that name, and stand in data.
_NEVER = {"apiVersion", "kind", "metadata", "status", "data"}
_OF_METADATA = ("labels", "annotations")


def take_unmanaged(work: Work, evidence: Evidence) -> None:
    """The topmost of them, where managedFields tells who manages what.

    Of a part that nobody manages at all it tells nothing: the server does not record a request's spec.
    """
    if evidence.managed is None:
        return
    for key in list(work.tree):
        if key not in _NEVER and (key,) in evidence.managed:
            _below(work, (key,), evidence.managed)
    for key in _OF_METADATA:
        if work.find(("metadata", key)):
            _below(work, ("metadata", key), evidence.managed)


def _below(work: Work, path: Path, managed: frozenset[Path]) -> None:
    node: Any = work.find(path)
    if path not in managed:
        if (
            node
        ):  # a request's zeros and empty values are not recorded either: they may be the user's
            work.drop(path, REASON)
        return
    if isinstance(node, dict):
        for key in list(node):
            _below(work, (*path, key), managed)
    elif isinstance(node, list):
        for at, _ in list(work.items(path)):
            _below(work, at, managed)

"""The difference of two objects as a strategic merge patch, which names list items by key and not by place."""

from collections.abc import Mapping
from typing import Any

MERGE_KEYS = {
    "containers": "name",
    "initContainers": "name",
    "ports": "containerPort",
    "topologySpreadConstraints": "topologyKey",
}  # patchMergeKey of core/v1; every other list is replaced whole


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What makes `after` of `before`; null is said of what goes."""
    patch: dict[str, Any] = {key: None for key in before if key not in after}
    for key, value in after.items():
        old = before.get(key)
        if old == value:
            continue
        if isinstance(old, dict) and isinstance(value, dict):
            patch[key] = difference(old, value)
        elif key in MERGE_KEYS and isinstance(old, list):
            patch[key] = _of_items(old, value, MERGE_KEYS[key])
        else:
            patch[key] = value
    return patch


def _of_items(before: list[Any], after: list[Any], key: str) -> list[Any]:
    pairs = zip(before, after, strict=True)
    return [{key: new[key], **difference(old, new)} for old, new in pairs if old != new]

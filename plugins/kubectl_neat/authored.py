"""Who wrote what: the evidence of last-applied-configuration and of managedFields.

An apply, client-side or server-side, names exactly what somebody wrote. An update names what the object
held when the request arrived, defaults included, but nothing of what admission and storage added after it.
So a field that nobody manages was filled in by the server: k8s.io/apiserver/pkg/endpoints/handlers/create.go.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from kubectl_neat.removal import Path

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
# What tells the items of a list apart, most telling first (patchMergeKey and listMapKey in k8s.io/api).
_KEYS = (
    "name",
    "key",
    "mountPath",
    "devicePath",
    "containerPort",
    "port",
    "ip",
    "topologyKey",
    "type",
)


class Evidence(Struct, frozen=True):
    """Paths that were applied, and those that anybody manages; None where that is not told of all
    fields (an entry of another apiVersion may name them differently, one may be unreadable).

    The paths above one are in the sets as well.
    """

    applied: frozenset[Path]
    managed: frozenset[Path] | None


def evidence_of(tree: Mapping[str, Any]) -> Evidence:
    """What the object's own metadata proves."""
    metadata = _mapping(tree.get("metadata"))
    last_applied = _last_applied(metadata)
    applied = set(_matches(tree, last_applied, ())) if last_applied else set()
    managed: set[Path] = set()
    entries = metadata.get("managedFields")
    told = [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
    is_whole = True
    for entry in told:
        owned = _owned_by(tree, entry)
        is_whole &= bool(owned) and entry.get("apiVersion") == tree.get("apiVersion")
        managed |= {path for path, _ in owned}
        if entry.get("operation") == "Apply" and not entry.get("subresource"):
            applied |= {path for path, is_named in owned if is_named}
    return Evidence(frozenset(applied), frozenset(managed) if managed and is_whole else None)


def _last_applied(metadata: Mapping[str, Any]) -> dict[str, Any]:
    text = _mapping(metadata.get("annotations")).get(LAST_APPLIED)
    try:
        return _mapping(msgspec.json.decode(text)) if isinstance(text, str) else {}
    except msgspec.DecodeError:
        return {}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _matches(live: Any, written: Any, path: Path) -> Iterator[Path]:
    """The live paths that the manifest names, whatever their value is by now."""
    yield path
    if isinstance(live, dict) and isinstance(written, dict):
        for key in live.keys() & written.keys():
            if written[key] is not None:
                yield from _matches(live[key], written[key], (*path, key))
    elif isinstance(live, list) and isinstance(written, list):
        for i, j in _pairs(live, written):
            yield from _matches(live[i], written[j], (*path, i))


def _pairs(live: list[Any], written: list[Any]) -> Iterator[tuple[int, int]]:
    """The positions of one item in both lists: by its key, else by its value, else by its place."""
    key = _key(written)
    if key:
        places = {item[key]: j for j, item in enumerate(written)}
        for i, item in enumerate(live):
            j = places.pop(item.get(key), None) if isinstance(item, dict) else None
            if j is not None:
                yield i, j
        return
    for i, item in enumerate(live):
        if i < len(written) and (len(live) == len(written) or item == written[i]):
            yield i, i
        elif item in written:
            yield i, written.index(item)


def _key(items: list[Any]) -> str:
    for key in _KEYS:
        values = [
            item[key]
            for item in items
            if isinstance(item, dict) and isinstance(item.get(key), str | int)
        ]
        if items and len(set(values)) == len(items):
            return key
    return ""


def _owned_by(tree: Mapping[str, Any], entry: Mapping[str, Any]) -> list[tuple[Path, bool]]:
    """What an entry of managedFields names; nothing where it cannot be read, or is cut off."""
    fields = entry.get("fieldsV1")
    try:
        return list(_owned(tree, fields, ())) if isinstance(fields, dict) else []
    except (AttributeError, IndexError, ValueError, msgspec.DecodeError):
        return []


def _owned(live: Any, fields: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, bool]]:
    """The live paths of a FieldsV1 set: sigs.k8s.io/structured-merge-diff/fieldpath/serialize.go.

    False with those that are only part of a field that is managed as a whole: defaults are among them.
    """
    yield path, True
    if not fields and path:
        yield from ((below, False) for below in _below(live, path))
    for name, inner in fields.items():
        steps = list(_steps(live, name))
        for step in steps:
            yield from _owned(live[step], inner, (*path, step))
        if not steps and name[:2] in ("k:", "v:"):
            # Admission gave the item another key: any that is there may be the one.
            yield from ((below, False) for below in _below(live, path))


def _steps(live: Any, name: str) -> Iterator[Any]:
    mark, _, text = name.partition(":")
    if mark == "f" and isinstance(live, dict):
        yield from (text,) if text in live else ()
    elif mark == "i" and isinstance(live, list):
        yield from (int(text),) if int(text) < len(live) else ()
    elif mark in ("k", "v") and isinstance(live, list):
        wanted = msgspec.json.decode(text)
        yield from (i for i, item in enumerate(live) if _is(item, wanted, mark == "k"))


def _is(item: Any, wanted: Any, is_key: bool) -> bool:
    if not is_key:
        return bool(item == wanted)
    return isinstance(item, dict) and all(
        item.get(key, value) == value for key, value in wanted.items()
    )


def _below(live: Any, path: Path) -> Iterator[Path]:
    inner = (
        live.items()
        if isinstance(live, dict)
        else enumerate(live)
        if isinstance(live, list)
        else ()
    )
    for step, value in inner:
        yield (*path, step)
        yield from _below(value, (*path, step))

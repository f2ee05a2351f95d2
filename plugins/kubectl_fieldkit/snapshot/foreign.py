"""What `kubectl get -o yaml|json` printed, read as a recorded cluster."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from kubectl_fieldkit.errors import SnapshotError
from kubectl_fieldkit.snapshot.format import Header, Read, Record


def kubectl_output(data: bytes, name: str) -> tuple[Header, list[Record]]:
    """A record for every kind in the documents; a kind that does not occur stays unknown.

    kubectl's output does not say what was asked for, so a kind counts as listed whole. A document
    of kind Snapshot adds what kubectl's output lacks: the time, the version, the refusals.
    """
    header = Header(kind="Snapshot")
    kinds: dict[tuple[str, str], list[bytes]] = {}
    for document in _documents(data, name):
        for group, kind, thing in _objects(document, name):
            if kind == "Snapshot":
                header = _header(thing, name)
                continue
            things = kinds.setdefault((group, kind), [])
            if thing is not None:
                things.append(msgspec.json.encode(_without_nulls(thing)))
    listed = [
        Record(Read(resource="", group=group, kind=kind, objects=len(things)), things)
        for (group, kind), things in kinds.items()
    ]
    return header, listed + [Record(read) for read in header.refused]


def _header(document: Any, name: str) -> Header:
    try:
        return msgspec.convert(document, Header)
    except msgspec.ValidationError as err:
        raise SnapshotError(f'"{name}" has a damaged Snapshot document: {err}') from err


def _documents(data: bytes, name: str) -> Iterable[Any]:
    try:
        return [msgspec.json.decode(data)]
    except msgspec.DecodeError:
        pass
    from kubectl_fieldkit.yaml_document import parse_documents

    try:
        documents = [document for document in parse_documents(data) if document is not None]
    except (ValueError, RecursionError) as err:
        raise SnapshotError(f'"{name}" is neither a snapshot nor YAML nor JSON: {err}') from err
    if not documents:
        raise SnapshotError(f'"{name}" is empty')
    return documents


def _objects(document: Any, name: str) -> Iterator[tuple[str, str, Any]]:
    """(group, kind, object) of a document; an empty typed list gives its kind with no object."""
    if not isinstance(document, dict) or not isinstance(document.get("kind"), str):
        raise SnapshotError(
            f'"{name}" holds something that is no Kubernetes object',
            'give the output of "kubectl get -o yaml", or a file of --save-snapshot',
        )
    kind, items = document["kind"], document.get("items")
    group = str(document.get("apiVersion", "")).rpartition("/")[0]
    if not kind.endswith("List") or "items" not in document:
        yield group, kind, document
        return
    if kind != "List":
        yield group, kind.removesuffix("List"), None
    for item in items or []:
        kinded = {
            "kind": kind.removesuffix("List"),
            "apiVersion": document.get("apiVersion"),
            **item,
        }
        yield from _objects(kinded if kind != "List" else item, name)


def _without_nulls(value: Any) -> Any:
    """An absent field and a null are the same to the API server."""
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value if inner is not None]
    return value

"""The snapshot file: JSON lines, gzipped; a header, then each read and the objects it gave.

{"kind": "Snapshot", "apiVersion": "fieldkit/v1", "serverVersion": …, "takenAt": …}
{"verb": "list", "resource": "nodes", …, "objects": 2}
{…first node…}
{…second node…}
{"verb": "list", "resource": "pods", …, "refused": "pods is forbidden: …"}
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import TypeVar

import msgspec
from msgspec import Struct

from kubectl_fieldkit.errors import SnapshotError
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.reading import Request

T = TypeVar("T", bound=KubeObject)

API_VERSION = "fieldkit/v1"
MAGIC = b'{"kind":"Snapshot"'  # how every snapshot begins, once unzipped


class Read(msgspec.Struct, rename="camel", kw_only=True, frozen=True, omit_defaults=True):
    """One request, and what the server said: a number of objects, a refusal, or not found.

    `shape` tells which fields of the objects were kept: an object that was recorded without a field
    must never answer a question about that field. Whole objects, such as kubectl's, have none.
    """

    resource: str
    kind: str
    shape: str = ""
    group: str = ""
    name: str = ""
    namespace: str = ""
    label_selector: str = ""
    field_selector: str = ""
    objects: int = 0
    refused: str = ""
    missing: str = ""


class Header(msgspec.Struct, rename="camel", kw_only=True, omit_defaults=True):
    """The first line; `taken_at` is the moment that ages in the recorded cluster count from.

    `namespace` is the one that the recorded command looked in.

    A header may also stand as a document of its own among kubectl's YAML, where `refused` lists
    the reads that were not allowed.
    """

    kind: str
    api_version: str = API_VERSION
    server_version: str = ""
    taken_at: datetime | None = None
    namespace: str = ""
    refused: list[Read] = []


@cache
def shape_of(struct: type[KubeObject]) -> str:
    """A fingerprint of the fields that a Struct names, all the way down."""
    from hashlib import sha256

    return sha256(msgspec.json.encode(msgspec.json.schema(struct))).hexdigest()[:12]


def record_of(
    request: Request[T], *, objects: int = 0, refused: str = "", missing: str = ""
) -> Read:
    """The record of a request with its outcome."""
    return Read(
        resource=request.resource.plural,
        kind=request.resource.kind,
        shape=shape_of(request.resource.type),
        group=request.resource.group,
        name=request.name,
        namespace=request.namespace,
        label_selector=request.label_selector,
        field_selector=request.field_selector,
        objects=objects,
        refused=refused,
        missing=missing,
    )


class Record(Struct, frozen=True):
    """A read with the objects it gave, still encoded."""

    read: Read
    objects: Sequence[bytes] = ()


def pack(header: Header, records: Iterable[Record]) -> bytes:
    """The file's bytes; the same records give the same bytes."""
    import gzip  # only a run that saves pays for it

    lines = [msgspec.json.encode(header)]
    for record in records:
        lines += [msgspec.json.encode(record.read), *record.objects]
    return gzip.compress(b"\n".join(lines) + b"\n", mtime=0)


def unpack(data: bytes, name: str) -> tuple[Header, list[Record]]:
    """Header and records of a file's unzipped bytes; SnapshotError where it is cut or not one."""
    *lines, rest = data.split(b"\n")
    if rest:
        raise SnapshotError(f'"{name}" is a damaged snapshot: the last line is cut')
    try:
        header = msgspec.json.decode(lines[0], type=Header)
        return header, list(_records(lines[1:]))
    except (msgspec.DecodeError, ValueError) as err:
        raise SnapshotError(f'"{name}" is a damaged snapshot: {err}') from err


def _records(lines: Sequence[bytes]) -> Iterable[Record]:
    at = 0
    while at < len(lines):
        read = msgspec.json.decode(lines[at], type=Read)
        end = at + 1 + read.objects
        if end > len(lines):
            raise ValueError(f"{read.resource}: {read.objects} objects announced, the file ends")
        yield Record(read, lines[at + 1 : end])
        at = end

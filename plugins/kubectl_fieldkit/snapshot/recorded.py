"""A recorded cluster as a source: it answers what was recorded, and says so of all else."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kubectl_fieldkit.errors import ServerError, SnapshotError
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reading import NotRecorded, Objects, Refused, Request
from kubectl_fieldkit.selectors import matches_fields, parse_labels
from kubectl_fieldkit.snapshot.format import MAGIC, Header, Read, Record, record_of, unpack

T = TypeVar("T", bound=KubeObject)


def open_snapshot(path: Path, server_version: str = "", namespace: str = "") -> "RecordedCluster":
    """The cluster in a file (a snapshot, or kubectl's YAML or JSON) or in a folder of files."""
    taken_at, records = None, list[Record]()
    for file in _files(path):
        header, more = _load(file)
        server_version = server_version or header.server_version
        taken_at = taken_at or header.taken_at
        namespace = namespace or header.namespace
        records += more
    moment = taken_at or datetime.now(UTC)
    return RecordedCluster(server_version, moment, namespace or "default", records)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(
        p for p in path.iterdir() if p.name.endswith((".gz", ".json", ".yaml", ".yml", ".jsonl"))
    )
    if not files:
        raise SnapshotError(f'"{path}" holds no snapshot, YAML or JSON file')
    return files


def _load(path: Path) -> tuple[Header, list[Record]]:
    try:
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            import gzip

            data = gzip.decompress(data)
    except FileNotFoundError as err:
        raise SnapshotError(f'snapshot "{path}" does not exist') from err
    except (OSError, EOFError) as err:
        raise SnapshotError(f'cannot read snapshot "{path}": {err}') from err
    if data.startswith(MAGIC):
        return unpack(data, str(path))
    from kubectl_fieldkit.snapshot.foreign import kubectl_output

    return kubectl_output(data, str(path))


class RecordedCluster:
    """Answers from records: the very read, or a broader list that holds it."""

    def __init__(
        self, server_version: str, taken_at: datetime, namespace: str, records: Sequence[Record]
    ) -> None:
        self._server_version = server_version
        self._taken_at = taken_at
        self._namespace = namespace
        self._records = records

    @property
    def server_version(self) -> str:
        """The version of the server that was recorded, or the one given in its stead."""
        return self._server_version

    @property
    def now(self) -> datetime:
        """When the snapshot was taken; now, where it does not say."""
        return self._taken_at

    @property
    def namespace(self) -> str:
        """The one given, else that of the recorded command."""
        return self._namespace

    def read(self, request: Request[T]) -> Objects[T] | Refused | NotRecorded:
        """What the server said then; ServerError 404 for a name that was not there."""
        asked = record_of(request)
        for record in self._records:
            if _same_question(record.read, asked):
                return self._same(request, record)
        broader = [r for r in self._records if _covers(r.read, asked) and not r.read.refused]
        return self._part(request, broader) if broader else NotRecorded()

    def read_ahead(
        self, requests: Sequence[Request[Any]]
    ) -> list[Callable[[], Objects[Any] | Refused | NotRecorded]]:
        """Each is looked up when its answer is called for."""
        return [partial(self.read, request) for request in requests]

    def _same(self, request: Request[T], record: Record) -> Objects[T] | Refused | NotRecorded:
        if record.read.refused:
            return Refused(record.read.refused)
        if record.read.missing:
            raise ServerError(404, "NotFound", record.read.missing)
        same = [r for r in self._records if _same_question(r.read, record.read)]
        return Objects([thing for r in same for thing in _decode(r, request.resource)])

    def _part(self, request: Request[T], records: Sequence[Record]) -> Objects[T]:
        resource, labels = request.resource, parse_labels(request.label_selector)
        found = [
            thing
            for record in records
            for thing in _decode(record, resource)
            if request.namespace in ("", thing.metadata.namespace)
            and request.name in ("", thing.metadata.name)
            and all(clause.matches(thing.metadata.labels) for clause in labels)
            and matches_fields(request.field_selector, dict(resource.fields), thing)
        ]
        if request.name and not found:
            what = f"{resource.plural}.{resource.group}" if resource.group else resource.plural
            raise ServerError(404, "NotFound", f'{what} "{request.name}" not found')
        return Objects(found)


def _same_question(one: Read, other: Read) -> bool:
    return _has_fields_of(one, other) and _question(one) == _question(other)


def _question(read: Read) -> tuple[str, ...]:
    return (
        *(read.group, read.kind, read.name, read.namespace),
        *(read.label_selector, read.field_selector),
    )


def _has_fields_of(recorded: Read, asked: Read) -> bool:
    """Whether the record kept the very fields that are asked for; a refusal kept none to miss."""
    return bool(recorded.refused or recorded.missing) or recorded.shape in ("", asked.shape)


def _covers(whole: Read, part: Read) -> bool:
    return (
        (whole.group, whole.kind) == (part.group, part.kind)
        and _has_fields_of(whole, part)
        and not whole.name
        and whole.label_selector in ("", part.label_selector)
        and whole.field_selector in ("", part.field_selector)
        and whole.namespace in ("", part.namespace)
    )


def _decode(record: Record, resource: Resource[T]) -> list[T]:
    decoder = msgspec.json.Decoder(resource.type)
    try:
        return [decoder.decode(raw) for raw in record.objects]
    except msgspec.DecodeError as err:
        raise SnapshotError(f"the snapshot holds a {resource.kind} that is none: {err}") from err

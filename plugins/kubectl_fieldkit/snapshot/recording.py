"""Keeps what a run reads, so that the same command can be asked of the file later."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kubectl_fieldkit.errors import ServerError, SnapshotError
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.private import open_private
from kubectl_fieldkit.reading import NotRecorded, Objects, Refused, Request, Source
from kubectl_fieldkit.snapshot.format import Header, Record, pack, record_of

T = TypeVar("T", bound=KubeObject)


class Recording:
    """A source that passes every question on and remembers the answer."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._records: dict[Request[Any], Record] = {}  # one a question, however often it is put

    @property
    def server_version(self) -> str:
        """The source's."""
        return self._source.server_version

    @property
    def now(self) -> datetime:
        """The source's."""
        return self._source.now

    @property
    def namespace(self) -> str:
        """The source's."""
        return self._source.namespace

    def read(self, request: Request[T]) -> Objects[T] | Refused | NotRecorded:
        """The source's answer, which is also remembered."""
        return self._answer(request, partial(self._source.read, request))

    def read_ahead(
        self, requests: Sequence[Request[Any]]
    ) -> list[Callable[[], Objects[Any] | Refused | NotRecorded]]:
        """What gives the source's answers, which are also remembered."""
        waiting = zip(requests, self._source.read_ahead(requests), strict=True)
        return [partial(self._answer, request, wait) for request, wait in waiting]

    def _answer(
        self, request: Request[T], wait: Callable[[], Objects[T] | Refused | NotRecorded]
    ) -> Objects[T] | Refused | NotRecorded:
        try:
            answer = wait()
        except ServerError as err:
            if err.code == 404:
                self._records[request] = Record(record_of(request, missing=err.message))
            raise
        if isinstance(answer, Objects):
            things = [msgspec.json.encode(thing) for thing in answer.items]
            self._records[request] = Record(record_of(request, objects=len(things)), things)
        elif isinstance(answer, Refused):
            self._records[request] = Record(record_of(request, refused=answer.message))
        return answer

    def save(self, path: Path) -> None:
        """Writes the file, readable by its owner alone; SnapshotError rather than over another."""
        header = Header(
            kind="Snapshot",
            server_version=self.server_version,
            taken_at=self.now,
            namespace=self.namespace,
        )
        write_new(path, pack(header, list(self._records.values())))


def refuse_existing(path: Path) -> None:
    """SnapshotError when the file is there already: asked before a long read, not after it."""
    if path.exists() or path.is_symlink():
        raise SnapshotError(f'"{path}" exists already', "choose another name; none is overwritten")


def write_new(path: Path, data: bytes) -> None:
    """A new file of mode 0600 with these bytes, whole or not at all."""
    refuse_existing(path)
    try:
        handle = open_private(path)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
        except OSError:
            path.unlink()
            raise
    except OSError as err:
        raise SnapshotError(f'cannot write snapshot "{path}": {err.strerror}') from err

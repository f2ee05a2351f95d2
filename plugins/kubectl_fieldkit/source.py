"""Opens the cluster that the flags name: the API server, or a snapshot; recorded on request."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kubectl_fieldkit.errors import SnapshotError, UsageError
from kubectl_fieldkit.options import SourceFlags
from kubectl_fieldkit.reading import Source

if TYPE_CHECKING:
    from kubectl_fieldkit.cluster.server import ApiServer


@contextmanager
def open_source(flags: SourceFlags, *, page: int | None = None) -> Iterator[Source]:
    """The source; with `--save-snapshot` the file is written when the run ends without an error.

    A cluster's lists come in pages of the client's size, or of so many objects.
    """
    if flags.save_snapshot is None:
        with _open(flags, page) as source:
            yield source
        return
    from kubectl_fieldkit.snapshot.recording import Recording, refuse_existing

    refuse_existing(flags.save_snapshot)
    with _open(flags, page) as source:
        recording = Recording(source)
        yield recording
        recording.save(flags.save_snapshot)


@contextmanager
def open_cluster(flags: SourceFlags) -> Iterator["ApiServer"]:
    """The API server, to be changed; SnapshotError for a recorded one."""
    if flags.snapshot is not None:
        hint = "--dry-run=client shows what would become of it"
        raise SnapshotError("--snapshot is a recorded cluster: nothing can be changed in it", hint)
    if flags.save_snapshot is not None:
        raise UsageError("--save-snapshot records what is read, and this command writes")
    with _open_server(flags) as server:
        yield server


@contextmanager
def _open(flags: SourceFlags, page: int | None) -> Iterator[Source]:
    if flags.snapshot is not None:
        from kubectl_fieldkit.snapshot.recorded import open_snapshot

        namespace = flags.connection.namespace
        yield open_snapshot(flags.snapshot, flags.server_version, namespace)
        return
    with _open_server(flags, page) as server:
        yield server


@contextmanager
def _open_server(flags: SourceFlags, page: int | None = None) -> Iterator["ApiServer"]:
    if flags.server_version:
        raise UsageError("--server-version stands in for a server", "it goes with --snapshot")
    from kubectl_fieldkit.cluster.progress import Progress
    from kubectl_fieldkit.cluster.server import PAGE, ApiServer
    from kubectl_fieldkit.kubeconfig.access import find_access

    access = find_access(flags.connection, os.environ)
    trace = _trace if flags.verbose else None
    progress = Progress(sys.stderr)
    with ApiServer(
        access, environ=os.environ, trace=trace, progress=progress, page=page or PAGE
    ) as server:
        yield server


def _trace(line: str) -> None:
    sys.stderr.write(line + "\n")

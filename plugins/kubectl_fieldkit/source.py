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
def open_source(flags: SourceFlags) -> Iterator[Source]:
    """The source; with `--save-snapshot` the file is written when the run ends without an error."""
    if flags.save_snapshot is None:
        with _open(flags) as source:
            yield source
        return
    from kubectl_fieldkit.snapshot.recording import Recording, refuse_existing

    refuse_existing(flags.save_snapshot)
    with _open(flags) as source:
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
def _open(flags: SourceFlags) -> Iterator[Source]:
    if flags.snapshot is not None:
        from kubectl_fieldkit.snapshot.recorded import open_snapshot

        namespace = flags.connection.namespace
        yield open_snapshot(flags.snapshot, flags.server_version, namespace)
        return
    with _open_server(flags) as server:
        yield server


@contextmanager
def _open_server(flags: SourceFlags) -> Iterator["ApiServer"]:
    if flags.server_version:
        raise UsageError("--server-version stands in for a server", "it goes with --snapshot")
    from kubectl_fieldkit.cluster.progress import Progress
    from kubectl_fieldkit.cluster.server import ApiServer
    from kubectl_fieldkit.kubeconfig.access import find_access

    access = find_access(flags.connection, os.environ)
    trace = _trace if flags.verbose else None
    with ApiServer(
        access, environ=os.environ, trace=trace, progress=Progress(sys.stderr)
    ) as server:
        yield server


def _trace(line: str) -> None:
    sys.stderr.write(line + "\n")

"""Changes of kubeconfig files: under kubectl's lock, and each file replaced in one step.

Whoever reads a file, and whenever a run is killed: it is the old file or the new one.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from msgspec import Struct

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.load import read_settled
from kubectl_fieldkit.kubeconfig.lock import THIS_TERMINAL, locked

TEMPORARY = ".fieldkit-"


class Change(Struct, frozen=True):
    """An edit of one file's bytes; a file that is not there has none."""

    path: str
    edit: Callable[[bytes], bytes]


class Edited(Struct, frozen=True):
    """What a file says, and what it is to say."""

    path: str
    before: bytes
    after: bytes


def apply(changes: Sequence[Change]) -> None:
    """Makes the changes, all or, where one cannot be prepared, none; KubeconfigError says why.

    Several changes of one file come after one another; a file that stays the same is not written.
    """
    with locked(change.path for change in changes):
        edited = [each for each in preview(changes) if each.after != each.before]
        ready: list[tuple[str, str]] = []
        try:
            for each in edited:
                ready.append(_prepare(each))  # noqa: PERF401  # those before a failure are removed
            for temporary, target in ready:
                os.rename(temporary, target)  # noqa: PTH104
                _sync_folder(target)
        except OSError as err:
            for temporary, _ in ready:
                with suppress(OSError):
                    os.unlink(temporary)  # noqa: PTH108
            raise _failure(str(err.filename or edited[0].path), err) from err


def preview(changes: Iterable[Change]) -> list[Edited]:
    """What the changes would make of each file; KubeconfigError where one cannot be edited."""
    edited: dict[str, Edited] = {}
    for change in changes:
        known = edited.get(change.path)
        before = known.before if known else _read(change)
        try:
            after = change.edit(known.after if known else before)
        except (KeyError, ValueError) as err:
            raise _cannot_edit(change.path, err) from err
        edited[change.path] = Edited(change.path, before, after)
    return list(edited.values())


def _read(change: Change) -> bytes:
    """The file's bytes, once it can be edited: others may be writing it without a lock."""
    last = b""

    def read() -> bytes:
        nonlocal last
        try:
            with open(change.path, "rb") as file:  # noqa: PTH123
                last = file.read()
        except FileNotFoundError:
            last = b""
        return last

    if not os.path.exists(change.path):  # noqa: PTH110
        return b""
    try:
        read_settled(read, change.edit)
    except (KeyError, ValueError) as err:
        raise _cannot_edit(change.path, err) from err
    except OSError as err:
        raise _failure(change.path, err) from err
    return last


def _cannot_edit(path: str, err: KeyError | ValueError) -> KubeconfigError:
    if isinstance(err, KeyError):
        return KubeconfigError(f'"{err.args[0]}" is no longer in "{path}"', "look again")
    return KubeconfigError(f'cannot change "{path}": {err}')


def _prepare(edited: Edited) -> tuple[str, str]:
    """The new file beside the old one, whole and on disk: its name, and the name that it shall have."""
    target = os.path.realpath(edited.path)
    _remove_leftovers(target)
    temporary = f"{target}{TEMPORARY}{os.getpid()}"
    there = _status(target)
    if there and not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied", edited.path)
    file = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    try:
        _write(file, edited.after)
        if there:
            own = os.fstat(file)
            if (own.st_uid, own.st_gid) != (there.st_uid, there.st_gid):
                os.fchown(file, there.st_uid, there.st_gid)
            os.fchmod(file, there.st_mode & 0o7777)
        os.fsync(file)
    except OSError as err:
        os.unlink(temporary)  # noqa: PTH108
        err.filename = edited.path
        raise
    finally:
        os.close(file)
    return temporary, target


def _status(target: str) -> os.stat_result | None:
    try:
        return os.stat(target)  # noqa: PTH116
    except FileNotFoundError:
        return None


def _write(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def _remove_leftovers(target: str) -> None:
    """Removes what runs that were killed have left: it holds the kubeconfig's secrets."""
    folder, name = os.path.split(target)
    with suppress(OSError):
        for entry in os.listdir(folder):  # noqa: PTH208
            pid = entry.removeprefix(name + TEMPORARY)
            if entry != pid and pid.isdecimal() and not _lives(int(pid)):
                os.unlink(f"{folder}/{entry}")  # noqa: PTH108


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sync_folder(target: str) -> None:
    """So that the new name outlives a power cut; some file systems cannot do that."""
    with suppress(OSError):
        folder = os.open(os.path.dirname(target), os.O_RDONLY)  # noqa: PTH120
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _failure(path: str, err: OSError) -> KubeconfigError:
    reason = (err.strerror or str(err)).lower()
    hint = THIS_TERMINAL if isinstance(err, PermissionError) else "nothing was changed"
    return KubeconfigError(f'cannot write "{path}": {reason}', hint)

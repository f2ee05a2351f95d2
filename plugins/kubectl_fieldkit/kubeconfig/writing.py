"""Changes of kubeconfig files: under kubectl's lock, and each file replaced in one step.

Whoever reads a file, and whenever a run is killed: it is the old file or the new one.
"""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from msgspec import Struct

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.load import read_settled
from kubectl_fieldkit.kubeconfig.lock import locked, offer
from kubectl_fieldkit.private import open_private

TEMPORARY = ".fieldkit-"
ATTEMPTS = 10


class Change(Struct, frozen=True):
    """An edit of one file's bytes; a file that is not there has none."""

    path: str
    edit: Callable[[bytes], bytes]


class Edited(Struct, frozen=True):
    """What a file says, and what it is to say."""

    path: str
    before: bytes
    after: bytes


class _Ready(Struct, frozen=True):
    """A new file, whole and on disk, and the name that it shall have."""

    path: str
    temporary: str
    target: str


def apply(changes: Sequence[Change]) -> None:
    """Makes the changes, all or, where one cannot be prepared, none; KubeconfigError says why.

    Several changes of one file come after one another; a file that stays the same is not written.
    """
    with locked(change.path for change in changes):
        for _ in range(ATTEMPTS):
            if _replaced([each for each in preview(changes) if each.after != each.before]):
                return
    names = " and ".join(f'"{path}"' for path in dict.fromkeys(each.path for each in changes))
    raise KubeconfigError(f"others are changing {names} without a lock", "nothing was changed")


def preview(changes: Iterable[Change]) -> list[Edited]:
    """What the changes would make of each file; KubeconfigError where one cannot be edited."""
    edited: dict[str, Edited] = {}  # by the file itself, which may go by several names
    for change in changes:
        target = os.path.realpath(change.path)
        known = edited.get(target)
        try:
            if known:
                edited[target] = Edited(known.path, known.before, change.edit(known.after))
            else:
                edited[target] = _read(change)
        except (KeyError, ValueError) as err:
            raise _cannot_edit(change.path, err) from err
    return list(edited.values())


def _read(change: Change) -> Edited:
    """The file's bytes before and after, once it can be edited: some write it without a lock."""

    def edit(data: bytes) -> Edited:
        return Edited(change.path, data, change.edit(data))

    try:
        return read_settled(lambda: _content(change.path), edit)
    except FileNotFoundError:
        return edit(b"")
    except OSError as err:
        raise _failure(change.path, err) from err


def _content(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def _cannot_edit(path: str, err: KeyError | ValueError) -> KubeconfigError:
    if isinstance(err, KeyError):
        return KubeconfigError(f'"{err.args[0]}" is no longer in "{path}"', "look again")
    return KubeconfigError(f'cannot change "{path}": {err}')


def _replaced(edited: Sequence[Edited]) -> bool:
    """Replaces the files; none where one is no longer what was edited."""
    ready: list[_Ready] = []
    renamed: list[str] = []
    path = ""
    try:
        for each in edited:
            path = each.path
            ready.append(_prepare(each))
        if any(_is_other(each) for each in edited):
            return False
        while ready:
            path = ready[0].path
            os.replace(ready[0].temporary, ready[0].target)  # noqa: PTH105
            _sync_folder(ready.pop(0).target)
            renamed.append(path)
    except OSError as err:
        raise _failure(path, err, renamed) from err
    finally:
        for each_ready in ready:
            with suppress(OSError):
                os.unlink(each_ready.temporary)  # noqa: PTH108
    return True


def _is_other(edited: Edited) -> bool:
    """Whether somebody who takes no lock has changed the file meanwhile."""
    try:
        return _content(edited.path) != edited.before
    except FileNotFoundError:
        return edited.before != b""


def _prepare(edited: Edited) -> _Ready:
    """Writes the new file beside the old one, with the rights of the old one."""
    target = os.path.realpath(edited.path)
    _remove_leftovers(target)
    temporary = f"{target}{TEMPORARY}{os.getpid()}"
    there = _status(target)
    if there and not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied", edited.path)
    file = open_private(temporary)
    try:
        _write(file, edited.after)
        if there:
            _keep_rights(file, target, there)
        os.fsync(file)
    except OSError:
        os.unlink(temporary)  # noqa: PTH108
        raise
    finally:
        os.close(file)
    return _Ready(edited.path, temporary, target)


def _status(target: str) -> os.stat_result | None:
    try:
        return os.stat(target)  # noqa: PTH116
    except FileNotFoundError:
        return None


def _write(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def _keep_rights(file: int, target: str, there: os.stat_result) -> None:
    """Owner, mode and access list; without the list, the mode would let the whole group in."""
    if not hasattr(os, "fchown"):  # on Windows a new file has its folder's rights, as kubectl's has
        return
    own = os.fstat(file)
    if (own.st_uid, own.st_gid) != (there.st_uid, there.st_gid):
        os.fchown(file, there.st_uid, there.st_gid)
    if sys.platform == "linux":
        with suppress(OSError):  # file systems without, and names that only root may set
            for name in os.listxattr(target):
                os.setxattr(file, name, os.getxattr(target, name))
    os.fchmod(file, there.st_mode & 0o7777)


def _remove_leftovers(target: str) -> None:
    """Removes what runs that were killed have left: it holds the kubeconfig's secrets."""
    folder, name = os.path.split(target)
    with suppress(OSError):
        for entry in os.listdir(folder):  # noqa: PTH208
            pid = entry.removeprefix(name + TEMPORARY)
            if entry != pid and pid.isdecimal() and not _lives(int(pid)):
                os.unlink(f"{folder}/{entry}")  # noqa: PTH108


def _lives(pid: int) -> bool:
    """Whether another run has this number; in containers all have the same, so ours is no sign."""
    if pid == os.getpid() or sys.platform == "win32":  # where asking would send a Ctrl-C
        return False
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


def _failure(path: str, err: OSError, renamed: Sequence[str] = ()) -> KubeconfigError:
    reason = (err.strerror or str(err)).lower()
    changed = ", ".join(f'"{done}"' for done in renamed)
    hint = f"only {changed} was changed" if changed else offer(err, "nothing was changed")
    return KubeconfigError(f'cannot write "{path}": {reason}', hint)

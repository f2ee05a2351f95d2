"""The folder that is written to: whole files only, and nobody else's.

A file is written beside its place and renamed, so whoever reads it, and whenever a run is killed,
it is the old one or the new one. A file that says the same already is left alone.
"""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.private import open_private
from kubectl_neat.export.items import State
from kubectl_neat.export.places import SUFFIX

TEMPORARY = ".fieldkit-export"  # not what kubectl reads, and replaced by the next run
LOCK = ".fieldkit-lock"  # where a folder itself cannot be locked
OURS = re.compile(rf"[0-9]{{2}}-[^_]+_.+{re.escape(SUFFIX)}", re.DOTALL)
PRIVATE, SHARED = 0o600, 0o666
HAS_MODES = hasattr(os, "fchmod")  # Windows has none


class File(Struct, frozen=True):
    """An object's file: where it is below the folder, and what it says."""

    place: str
    tree: dict[str, Any]
    text: str
    private: bool = False


class NotOurs(FieldkitError):
    """There is something else than an export of this object in its place."""


@contextmanager
def opened(path: Path) -> Iterator["Folder"]:
    """The folder, made where it is not there, for us alone: another export must wait for its turn."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle = _lock(path)
    except OSError as err:
        raise _failure(path, err, 0) from err
    try:
        yield Folder(path)
    finally:
        with suppress(OSError):
            (path / LOCK).unlink()
        os.close(handle)  # and the lock goes


class Folder:
    """An export's folder, and how many files of it were written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written = 0

    def put(self, file: File) -> State:
        """Makes the file say this; NotOurs where another object or somebody else has its place."""
        path, data = self._path / file.place, file.text.encode()
        try:
            self._make_folder(path.parent)
            there = _status(path)
            if there and _is_same(path, there, data, file):
                return "unchanged"
            _replace(path, data, _mode(file, there))
        except OSError as err:
            raise _failure(path, err, self._written) from err
        self._written += 1
        return "written"

    def files(self, below: str) -> list[str]:
        """The places below a folder that are named as exports are; what a killed run left is removed."""
        found = []
        for folder, _, names in os.walk(self._path / below):
            place = Path(folder).relative_to(self._path).as_posix()
            found += [f"{place}/{name}" for name in names if OURS.fullmatch(name)]
            if TEMPORARY in names:
                with suppress(OSError):
                    Path(folder, TEMPORARY).unlink()
        return sorted(found)

    def _make_folder(self, path: Path) -> None:
        """Folders of our own making, and none that a link leads away to."""
        if path == self._path:
            return
        self._make_folder(path.parent)
        if path.is_symlink():
            raise NotOurs(f'"{path}" is a symbolic link', "nothing is written through links")
        with suppress(FileExistsError):
            path.mkdir()


def _lock(path: Path) -> int:
    """A descriptor that holds the folder's lock; the system ends that of a run which is killed."""
    try:
        try:
            return _lock_folder(path)
        except ImportError:
            return _lock_by_file(path)
    except (BlockingIOError, FileExistsError) as err:
        raise FieldkitError(f'another export is writing to "{path}"', "wait for its end") from err


def _lock_folder(path: Path) -> int:
    from fcntl import LOCK_EX, LOCK_NB, flock

    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:
        pass  # a file system without locks
    return handle


def _lock_by_file(path: Path) -> int:
    """Windows locks no folders, but it removes such a file when it is closed, however that comes."""
    flags = os.O_CREAT | os.O_EXCL | getattr(os, "O_TEMPORARY", 0)
    return os.open(path / LOCK, flags, PRIVATE)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _is_same(path: Path, there: os.stat_result, data: bytes, file: File) -> bool:
    """Whether the file says this already; NotOurs where it may not be replaced."""
    if not stat.S_ISREG(there.st_mode):
        raise NotOurs(f'"{path}" is no regular file', "it is left as it is")
    before = path.read_bytes()
    if before == data:
        return not HAS_MODES or stat.S_IMODE(there.st_mode) == _mode(file, there)
    if _identity(_parsed(before)) != _identity(file.tree):
        hint = "it is left as it is: move it away, or choose another --output-dir"
        raise NotOurs(f'"{path}" is no export of the object that belongs there', hint)
    return False


def _parsed(data: bytes) -> object:
    from kubectl_fieldkit.yaml_document import parse_yaml

    try:
        return parse_yaml(data)
    except ValueError:
        return None


def _identity(tree: object) -> tuple[str, ...]:
    """Group, kind, namespace and name; nothing for what is no object."""
    if not isinstance(tree, dict):
        return ()
    meta = tree.get("metadata")
    meta = meta if isinstance(meta, dict) else {}
    group = str(tree.get("apiVersion", "")).rpartition("/")[0]
    return group, str(tree.get("kind")), str(meta.get("namespace", "")), str(meta.get("name"))


def _mode(file: File, there: os.stat_result | None) -> int:
    """Of a Secret for its owner alone; else as it was, or as the umask has it."""
    if file.private:
        return PRIVATE
    return stat.S_IMODE(there.st_mode) if there else SHARED & ~_umask()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _replace(path: Path, data: bytes, mode: int) -> None:
    temporary = path.with_name(TEMPORARY)
    temporary.unlink(missing_ok=True)
    handle = open_private(temporary)
    try:
        with open(handle, "wb") as stream:  # noqa: PTH123
            stream.write(data)
            if HAS_MODES:
                os.fchmod(handle, mode)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def _failure(path: Path, err: OSError, written: int) -> FieldkitError:
    files = "1 file is written" if written == 1 else f"{written} files are written"
    hint = f"{files}, each whole" if written else "nothing was written"
    return FieldkitError(f'cannot write "{path}": {(err.strerror or str(err)).lower()}', hint)

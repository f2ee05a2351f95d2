"""kubectl's lock of a kubeconfig: FILE.lock, made exclusively, as in client-go's lockFile.

kubectl fails at once where a lock is there; this waits, and then says whose it is.
"""

import os
import signal
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from errno import EACCES, EPERM, EROFS

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.signals import deferred, known

WAIT_SECONDS = 5.0
POLL_SECONDS = 0.02
THIS_TERMINAL = "kubectl ctx --shell NAME switches in this terminal alone"
_HELD_BACK = known("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGTSTP")
# As client-go's; on Windows such a file would be read-only, and could not be removed.
_MODE = 0o600 if os.name == "nt" else 0


@contextmanager
def locked(paths: Iterable[str], wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Holds the locks of all these files; KubeconfigError where one cannot be had in `wait` seconds.

    Signals wait while a lock is held: an interrupted run leaves none behind.
    """
    locks = locks_of(paths)
    deadline = time.monotonic() + wait
    while True:
        with _held_back():
            if not (others := _take_all(locks)):
                try:
                    yield
                finally:
                    _release(locks)
                return
        if time.monotonic() > deadline:
            raise _taken(locks[others], others)
        time.sleep(POLL_SECONDS)


def _held_back() -> AbstractContextManager[None]:
    """Signals wait; where the system cannot hold them back, handlers of ours remember them."""
    return _masked() if hasattr(signal, "pthread_sigmask") else deferred(lambda _: None)


@contextmanager
def _masked() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def offer(err: OSError, otherwise: str = "") -> str:
    """The hint for who may not write a file: there is a way to switch without."""
    return THIS_TERMINAL if err.errno in (EACCES, EPERM, EROFS) else otherwise


def locks_of(paths: Iterable[str]) -> dict[str, str]:
    """The locks in kubectl's order, with the file that each is for.

    A symlink is locked by its own name, as kubectl does, and by that of the file which is replaced.
    """
    locks = {}
    for path in paths:
        folder, name = os.path.split(path)
        locks[f"{os.path.realpath(folder)}/{name}.lock"] = path
        locks[f"{os.path.realpath(path)}.lock"] = path
    return dict(sorted(locks.items()))


def _take_all(locks: Mapping[str, str]) -> str:
    """Takes all, or none: then it gives the lock that somebody else holds."""
    held: list[str] = []
    try:
        for lock, path in locks.items():
            if not _take(path, lock):
                _release(held)
                return lock
            held.append(lock)
    except KubeconfigError:
        _release(held)
        raise
    return ""


def _release(locks: Iterable[str]) -> None:
    for lock in locks:
        with suppress(OSError):
            os.unlink(lock)  # noqa: PTH108  # pathlib is not on this path


def _take(path: str, lock: str) -> bool:
    try:
        with suppress(FileNotFoundError):
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL, _MODE))
            return True
        os.makedirs(os.path.dirname(lock), 0o755, exist_ok=True)  # noqa: PTH103, PTH120
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL, _MODE))
    except FileExistsError:
        return False
    except OSError as err:
        reason = (err.strerror or "").lower()
        raise KubeconfigError(f'cannot lock "{path}": {reason}', offer(err)) from err
    return True


def _taken(path: str, lock: str) -> KubeconfigError:
    """Whose lock it is and since when, as far as the file tells."""
    from kubectl_fieldkit.ages import human_duration

    try:
        there = os.lstat(lock)
    except OSError:
        return KubeconfigError(f'"{path}" is locked again and again by others', "try once more")
    since = human_duration(time.time() - there.st_mtime)
    return KubeconfigError(
        f'"{path}" has been locked for {since} by user {_user(there.st_uid)}',
        f'if no kubectl and no other program is changing it, remove "{lock}"',
    )


def _user(uid: int) -> str:
    try:
        import pwd

        return f'"{pwd.getpwuid(uid).pw_name}"'
    except (ImportError, KeyError):
        return str(uid)

"""kubectl's lock of a kubeconfig: FILE.lock, made exclusively, as in client-go's lockFile.

kubectl fails at once where a lock is there; this waits, and then says whose it is.
"""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from kubectl_fieldkit.errors import KubeconfigError

WAIT_SECONDS = 5.0
POLL_SECONDS = 0.02
THIS_TERMINAL = "kubectl ctx --shell NAME switches in this terminal alone"
_HELD_BACK = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


@contextmanager
def locked(paths: Iterable[str], wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Holds the locks of all these files; KubeconfigError where one cannot be had in `wait` seconds.

    Signals wait meanwhile: an interrupted run leaves no lock behind.
    """
    deadline = time.monotonic() + wait
    held: list[str] = []
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
    try:
        for path in sorted(set(paths)):
            lock = f"{path}.lock"
            while not _take(path, lock):
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
                if time.monotonic() > deadline:
                    raise _taken(path, lock)
                time.sleep(POLL_SECONDS)
                signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
            held.append(lock)
        yield
    finally:
        for lock in held:
            with suppress(OSError):
                os.unlink(lock)  # noqa: PTH108  # pathlib is not on this path
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _take(path: str, lock: str) -> bool:
    try:
        with suppress(FileNotFoundError):
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL, 0))
            return True
        os.makedirs(os.path.dirname(lock), 0o755, exist_ok=True)  # noqa: PTH103, PTH120
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL, 0))
    except FileExistsError:
        return False
    except OSError as err:
        reason = (err.strerror or "").lower()
        raise KubeconfigError(f'cannot lock "{path}": {reason}', THIS_TERMINAL) from err
    return True


def _taken(path: str, lock: str) -> KubeconfigError:
    """Whose lock it is and since when, as far as the file tells."""
    try:
        there = os.stat(lock)  # noqa: PTH116
    except OSError:
        return KubeconfigError(f'"{path}" is locked again and again by others', "try once more")
    age = max(0, int(time.time() - there.st_mtime))
    since = f"{age}s" if age < 120 else f"{age // 60}m" if age < 7200 else f"{age // 3600}h"
    return KubeconfigError(
        f'"{path}" has been locked for {since} by user {_user(there.st_uid)}',
        f'if no kubectl and no other program is changing it, remove "{lock}"',
    )


def _user(uid: int) -> str:
    import pwd

    try:
        return f'"{pwd.getpwuid(uid).pw_name}"'
    except KeyError:
        return str(uid)

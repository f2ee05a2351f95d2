"""Programs that run with nobody there to answer them: no terminal, a bound, and an end with all they started."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import RLock

from kubectl_fieldkit.process import original_environment

_groups: set[int] = set()
_starting = RLock()  # a signal may end all while all is being ended


def run_unattended(
    command: Sequence[str], environ: Mapping[str, str], added: Mapping[str, str], seconds: float
) -> tuple[int, bytes]:
    """A program's exit code and stdout; TimeoutError where it took longer and was ended.

    It has a session of its own: no terminal to ask a password at, and one group to end it by. Its
    stderr is dropped: many may run side by side, and what they say may be secret.
    """
    child = _start(command, original_environment(environ) | dict(added))
    try:
        stdout, _ = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(child.pid)
        child.wait()
        raise TimeoutError(f"it took longer than {seconds:g}s") from None
    finally:
        _groups.discard(child.pid)
        if child.stdout:
            child.stdout.close()
    return child.returncode, stdout


def end_all() -> None:
    """Ends all that still run, for good: nothing is started any more. For the main thread alone."""
    _starting.acquire()  # and never released
    for group in list(_groups):
        _end(group)


def _start(command: Sequence[str], environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with _starting:
        child = subprocess.Popen(
            list(command),
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # as much on Windows
        )
        _groups.add(child.pid)
    return child


def _end(group: int) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(group, signal.SIGKILL)
        else:
            os.kill(group, signal.SIGTERM)  # Windows ends the program at once, and no others

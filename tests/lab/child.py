"""Child processes that never outlive this one, however it ends."""

import subprocess
from pathlib import Path

# The kernel kills the child with the thread that started it, even when that one is killed itself.
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")


def start(command: list[str | Path], log: Path) -> subprocess.Popen[bytes]:
    """A child whose words go to a log, out of reach of the terminal's Ctrl-C."""
    with log.open("wb") as words:
        return subprocess.Popen(
            [*DIES_WITH_US, *command],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def stop(child: subprocess.Popen[bytes]) -> None:
    """Ends a child at once: an API server that is asked politely waits a minute for its watchers."""
    child.kill()
    child.wait()


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])

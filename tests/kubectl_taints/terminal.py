"""`kubectl taints` with somebody at a terminal."""

import os
import pty
import subprocess
from pathlib import Path

from tests.kubectl_taints.plugin import COMMAND, environ


def answer(kubeconfig: Path, args: str, reply: str | None = None) -> tuple[int, str, str]:
    """Exit code, stdout, and all that the terminal showed; the reply is typed at the question."""
    screen, terminal = pty.openpty()
    command = [*COMMAND, *args.split()]
    child = subprocess.Popen(
        command,
        env=environ(kubeconfig),
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
    )
    os.close(terminal)
    with child:
        try:
            shown = _talk(screen, reply)
            assert child.stdout
            return child.wait(), child.stdout.read(), shown
        finally:
            child.kill()
            os.close(screen)


def _talk(screen: int, reply: str | None) -> str:
    """Everything until the child hangs up."""
    shown = b""
    while True:
        try:
            shown += os.read(screen, 4096)
        except OSError:  # how Linux says that nobody has the terminal any more
            return shown.decode().replace("\r\n", "\n")
        if reply is not None and shown.endswith(b"[y/N] "):
            os.write(screen, reply.encode() + b"\n")
            reply = None

"""A real terminal: tmux, with a shell in it that has `ctx` and `ns`."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote

from tests.lab.errors import Lacking

PATIENCE = 20.0
SIZE = (80, 20)  # columns and rows
SHELLS = {"bash": ["bash", "--norc", "--noprofile"], "zsh": ["zsh", "-f"], "fish": ["fish", "-N"]}


class Terminal:
    """Keys in, screen out."""

    def __init__(self, socket: str) -> None:
        self._tmux = ["tmux", "-L", socket, "-f", "/dev/null"]

    def start(self, command: list[str], environ: dict[str, str], size: tuple[int, int]) -> None:
        """Opens it with this program in it."""
        columns, rows = map(str, size)
        run = ["new-session", "-d", "-x", columns, "-y", rows, " ".join(map(quote, command))]
        subprocess.run(
            [*self._tmux, *run], env=environ, cwd=environ["HOME"], check=True, capture_output=True
        )

    def type(self, text: str) -> None:
        """Letter by letter, as they are."""
        subprocess.run([*self._tmux, "send-keys", "-l", text], check=True)

    def press(self, *keys: str) -> None:
        """Keys by tmux's names, such as Enter, Escape, C-c, Down."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def line(self, text: str) -> None:
        """A line, and Enter."""
        self.type(text)
        self.press("Enter")

    @property
    def screen(self) -> str:
        """What is to be seen, without the blanks at the ends."""
        shown = subprocess.run(
            [*self._tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True
        )
        return "\n".join(line.rstrip() for line in shown.stdout.splitlines()).strip()

    def wait(self, text: str) -> str:
        """The screen, once it shows the text."""
        deadline = time.monotonic() + PATIENCE
        while text not in (screen := self.screen):
            assert time.monotonic() < deadline, f"{text!r} is not on the screen:\n{screen}"
            time.sleep(0.05)
        return screen

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window."""
        size = ["-x", str(columns), "-y", str(rows)]
        subprocess.run([*self._tmux, "resize-window", *size], check=True)

    def close(self) -> None:
        """Ends it and all in it."""
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)


@contextmanager
def terminal(folder: Path, shell: str = "bash", **environ: str) -> Iterator[Terminal]:
    """A terminal whose shell finds `kubectl-ctx` and `kubectl-ns` in its PATH, and a prompt of `$ `."""
    lacking = [name for name in ("tmux", shell) if not shutil.which(name)]
    if lacking:
        raise Lacking(f"Debian packages (apt-get install {' '.join(lacking)})")
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    for plugin in ("ctx", "ns"):
        script = programs / f"kubectl-{plugin}"
        script.write_text(f'#!/bin/sh\nexec {sys.executable} -W error -m kubectl_{plugin} "$@"\n')
        script.chmod(0o755)
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(folder),
        "PYTHONPATH": str(Path("plugins").absolute()),
        "SHELL": shutil.which(shell) or shell,
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_RUNTIME_DIR": str(folder),
        "KUBECONFIG": str(folder / "config"),
        "KUBECTX_IGNORE_FZF": "1",
        "LANG": "C.UTF-8",
        **environ,
    }
    opened = Terminal(f"fieldkit-{os.getpid()}-{folder.name}")
    try:
        opened.start(SHELLS[shell], environment, SIZE)
        opened.line("function fish_prompt; echo '$ '; end" if shell == "fish" else "PS1='$ '")
        opened.line("clear")
        yield opened
    finally:
        opened.close()

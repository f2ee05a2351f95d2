"""The line that says a long read is getting on, seen on a real terminal."""

import os
import pty
from collections.abc import Iterator
from io import StringIO

import pytest

from kubectl_fieldkit.cluster.progress import Progress


class Terminal:
    """A pseudo-terminal, and a clock that a test turns."""

    def __init__(self) -> None:
        self._reader, writer = pty.openpty()
        self.stream = os.fdopen(writer, "w")
        self.seconds = 0.0

    def clock(self) -> float:
        """The time that the test set."""
        return self.seconds

    def shown(self) -> str:
        """All that was written since the last question, up to a mark of our own."""
        self.stream.write("|")
        self.stream.flush()
        text = ""
        while not text.endswith("|"):
            text += os.read(self._reader, 1024).decode()
        return text.removesuffix("|")

    def close(self) -> None:
        """Gives both ends back."""
        self.stream.close()
        os.close(self._reader)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """A terminal of the test's own."""
    terminal = Terminal()
    yield terminal
    terminal.close()


def test_a_quick_read_says_nothing(terminal: Terminal) -> None:
    """Nothing is written in the first second, and nothing needs to be cleared."""
    progress = Progress(terminal.stream, terminal.clock)
    progress.start()
    terminal.seconds = 0.9
    progress.show("pods", 500, 19500)
    progress.clear()
    assert terminal.shown() == ""


def test_a_long_read_shows_how_far_it_is(terminal: Terminal) -> None:
    """One line is written over and over, ten times a second at most, and cleared at the end."""
    progress = Progress(terminal.stream, terminal.clock)
    progress.start()
    for seconds, done in ((1.0, 12500), (1.05, 13000), (1.2, 20000)):
        terminal.seconds = seconds
        progress.show("pods", done, 20000 - done)
    assert terminal.shown() == (
        "\r\x1b[Kreading pods: 12,500 of ~20,000\r\x1b[Kreading pods: 20,000"
    )
    progress.clear()
    progress.clear()
    assert terminal.shown() == "\r\x1b[K"


def test_a_file_gets_no_progress() -> None:
    """Where no terminal shows it, nothing is written."""
    stream = StringIO()
    progress = Progress(stream, lambda: 100.0)
    progress.show("pods", 500, 0)
    progress.clear()
    assert stream.getvalue() == ""

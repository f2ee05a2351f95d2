"""The one line that says a long read is getting on."""

import time
from collections.abc import Callable
from typing import TextIO

PATIENCE = 1.0  # seconds before anything is said
PAUSE = 0.1


class Progress:
    """A line on a terminal, after a second of reading and until it ends; silent elsewhere."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._terminal = stream.isatty()
        self._next = 0.0
        self._shown = False

    def start(self) -> None:
        """A read begins."""
        self._next = self._clock() + PATIENCE

    def show(self, what: str, done: int, remaining: int) -> None:
        """So many objects are read, and about so many are still to come."""
        if not self._terminal or self._clock() < self._next:
            return
        self._next = self._clock() + PAUSE
        self._shown = True
        total = f" of ~{done + remaining:,}" if remaining else ""
        self._write(f"\r\x1b[Kreading {what}: {done:,}{total}")

    def clear(self) -> None:
        """The read is over: the line goes."""
        if self._shown:
            self._shown = False
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()

"""The terminal itself: raw while the picker is open, and as it was before in every other case."""

import os
import select
import signal
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from kubectl_fieldkit.picker.drawing import Size, erase
from kubectl_fieldkit.picker.keys import Key, KeyReader
from kubectl_fieldkit.signals import ENDING, deferred

ESCAPE_WAIT = 0.1  # seconds in which the rest of a key's sequence has come, over a slow line too
READ = 4096


class Terminal:
    """An open terminal in raw mode: bytes in, text out, and news of signals."""

    def __init__(self, fd: int, wake: int, color: bool) -> None:
        self._fd, self._wake, self._color = fd, wake, color
        self._keys = KeyReader()

    @property
    def size(self) -> Size:
        """Its size now; 80 x 24 where it does not know."""
        size = os.get_terminal_size(self._fd)
        return Size(size.columns or 80, size.lines or 24, self._color)

    def write(self, text: str) -> None:
        """All of the text, whatever a letter is that no terminal can show."""
        data = text.encode(errors="backslashreplace")
        while data:
            data = data[os.write(self._fd, data) :]

    def wait(self) -> list[Key]:
        """The next keys; `resized`, `continued` and `cancel` for what signals say."""
        timeout = ESCAPE_WAIT if self._keys.waiting else None
        ready, _, _ = select.select([self._fd, self._wake], [], [], timeout)
        if self._wake in ready:
            return [_news(number) for number in os.read(self._wake, READ)]
        if not ready:
            return self._keys.give_up()
        data = _read(self._fd)
        return self._keys.feed(data) if data else [Key("cancel")]

    def make_raw(self) -> None:
        """Each byte at once and none with a meaning of its own; output is as it was."""
        mode = termios.tcgetattr(self._fd)
        mode[0] &= ~(termios.ICRNL | termios.IXON | termios.INLCR | termios.IGNCR)
        mode[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._fd, termios.TCSADRAIN, mode)


def _read(fd: int) -> bytes:
    """Empty where the terminal is gone."""
    try:
        return os.read(fd, READ)
    except OSError:
        return b""


def _news(number: int) -> Key:
    names = {signal.SIGWINCH: "resized", signal.SIGCONT: "continued"}
    return Key("cancel" if number in ENDING else names.get(signal.Signals(number), ""))


@contextmanager
def raw_terminal(path: str, color: bool) -> Iterator[Terminal]:
    """The terminal in raw mode, put right again at the end; a signal that ends us waits for that."""
    fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    mode = termios.tcgetattr(fd)
    try:
        with deferred(
            lambda number: os.write(wake, bytes([number])), (signal.SIGWINCH, signal.SIGCONT)
        ):
            terminal = Terminal(fd, woken, color)
            try:
                terminal.make_raw()
                yield terminal
            finally:
                _put_right(terminal, fd, mode)
    finally:
        for opened in (fd, woken, wake):
            os.close(opened)


def _put_right(terminal: Terminal, fd: int, mode: list[Any]) -> None:
    """What we drew is gone, and the terminal is as it was; one that hung up needs neither."""
    with suppress(OSError):
        terminal.write(erase())
    with suppress(termios.error):
        termios.tcsetattr(fd, termios.TCSADRAIN, mode)

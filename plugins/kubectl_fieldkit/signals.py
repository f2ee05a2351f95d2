"""Signals that end us wait until a terminal, or a program that has it, is put right."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


def known(*names: str) -> tuple[signal.Signals, ...]:
    """The signals of these names that this system has: Windows lacks most."""
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))


ENDING = known("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")


@contextmanager
def deferred(act: Callable[[int], object], also: tuple[signal.Signals, ...] = ()) -> Iterator[None]:
    """Each signal calls `act` only; after the block the first that would have ended us does so.

    `also` are signals that `act` is to hear of and that end nothing. Ignored signals stay ignored.
    """
    ending: list[int] = []

    def handle(number: int, _frame: FrameType | None) -> None:
        if number in ENDING:
            ending.append(number)
        act(number)

    taken = [number for number in (*ENDING, *also) if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, handle) for number in taken}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if ending:
            signal.raise_signal(ending[0])

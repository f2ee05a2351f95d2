"""How long somebody who pressed TAB waits."""

import time

from msgspec import Struct

SECONDS = 0.65  # with the start of a frozen binary on a busy machine before it: a second


class Patience(Struct, frozen=True):
    """Until when; `deadline` is a moment of time.monotonic()."""

    deadline: float

    @property
    def left(self) -> float:
        """Seconds from now, and never less than a moment."""
        return max(0.001, self.deadline - time.monotonic())


def begin() -> Patience:
    """From now on."""
    return Patience(time.monotonic() + SECONDS)

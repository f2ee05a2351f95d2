"""Waiting for a condition instead of for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

from tests.lab.errors import LabError

T = TypeVar("T")


def wait_for(what: str, condition: Callable[[], T], seconds: float = 60) -> T:
    """The first truthy value of a condition; an error that names what was awaited when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        if value := condition():
            return value
        if time.monotonic() > deadline:
            raise LabError(f"waited {seconds:g} seconds for {what}")
        time.sleep(0.05)

"""Random cases: the same every time in `test`, fresh and many in `verify`.

FIELDKIT_SEED is a number (fixed by default); FIELDKIT_SCALE multiplies how many cases a test takes.
"""

import os
from random import Random

SEED = int(os.environ.get("FIELDKIT_SEED", "20261125"))
SCALE = int(os.environ.get("FIELDKIT_SCALE", "1"))


def rng(what: str) -> Random:
    """A generator for one test, apart from all others."""
    return Random(f"{SEED} {what}")


def cases(number: int) -> int:
    """How many cases to take where `number` are taken in `test`."""
    return number * SCALE

"""What is asked for in devices and what is free, in words."""

from collections.abc import Iterable

from kubectl_why_pending.scheduler.devices.asking import Ask, Choice
from kubectl_why_pending.scheduler.devices.pools import Reach


def shortage_in_words(asks: Iterable[Ask], reach: Reach) -> str:
    """`claim default/gpus needs 2 devices of gpu.example.com, free 1 of 4; pool … is being updated`."""
    wants = [
        f"claim {ask.claim} needs {' or '.join(_choice(c, reach) for c in need.choices)}"
        for ask in asks
        for need in ask.needs
    ]
    broken = [f"pool {driver}/{pool} is {why}" for (driver, pool), why in reach.broken]
    return "; ".join([*wants, *broken])


def _choice(choice: Choice, reach: Reach) -> str:
    count = "all" if choice.count is None else str(choice.count)
    if choice.driver is None:
        whose, free, whole = "", sum(reach.free.values()), sum(reach.devices.values())
    else:
        whose = f" of {choice.driver}" if choice.driver else " of two drivers at once"
        free, whole = reach.free.get(choice.driver, 0), reach.devices.get(choice.driver, 0)
    return f"{count} device{'s' * (count != '1')}{whose}, free {free} of {whole}"

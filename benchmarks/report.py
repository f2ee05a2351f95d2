"""A run's results as a table for people, and as a document for programs."""

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from benchmarks.races import MOST_MEGABYTES, Result

ROW = "{:<32}{:>9}   {:<28}{:>9}{:>8}{:>8}{:>8}\n"


def facts() -> dict[str, Any]:
    """When and where the run took place."""
    return {
        "date": date.today().isoformat(),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "python": platform.python_version(),
    }


def table(results: Sequence[Result]) -> str:
    """One race a line; an exclamation mark where it is out of bounds."""
    where = ", ".join(f"{name} {value}" for name, value in facts().items())
    header = ROW.format("OURS", "MS", "THEIRS", "MS", "RATIO", "BOUND", "MB")
    rows = (
        ROW.format(
            *(result.ours, f"{result.milliseconds:.0f}"),
            *(result.theirs, f"{result.their_milliseconds:.0f}"),
            f"{result.ratio:.2f}{'' if result.is_within_bounds else '!'}",
            *(f"{result.bound:g}", f"{result.megabytes:.0f}"),
        )
        for result in results
    )
    return (
        f"{where}; at most {MOST_MEGABYTES} MB where a cluster is read\n\n{header}{''.join(rows)}"
    )


def document(results: Sequence[Result]) -> dict[str, Any]:
    """The same, with ratios."""
    rows = [asdict(result) | {"ratio": round(result.ratio, 3)} for result in results]
    return facts() | {"results": rows}

"""Asks before pods are evicted."""

import sys

from kubectl_fieldkit import output
from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.errors import FieldkitError
from kubectl_taints.change_report import forecast_blocks
from kubectl_taints.forecast import GOING, Forecast

DRY_RUN_FIRST = "see --dry-run=client, then give --yes"


def on_terminal() -> bool:
    """Whether somebody is there to be shown a forecast and asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def show(forecast: Forecast, incomplete: list[Incomplete]) -> None:
    """The forecast, on stderr."""
    blocks = forecast_blocks(forecast, incomplete)
    output.write(output.plain(blocks, output.Screen()), sys.stderr)


def refuse_without_consent(forecast: Forecast) -> None:
    """FieldkitError unless no pod goes, or somebody at the terminal agrees."""
    if forecast.pods is None:
        raise FieldkitError("it is not known which pods this evicts", "--yes does it all the same")
    if not forecast.count(*GOING):
        return
    question = f"evict {_spell(forecast)}"
    if not on_terminal():
        raise FieldkitError(f"this would {question}, and nobody is there to ask", DRY_RUN_FIRST)
    sys.stderr.write(f"{question}? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise FieldkitError("not confirmed: nothing was changed")


def _spell(forecast: Forecast) -> str:
    now, later = forecast.count("evicted-now"), forecast.count("evicted-later")
    first, second = now or later, later if now else 0
    pods = f"{first} pod{'' if first == 1 else 's'} {'now' if now else 'later'}"
    return f"{pods} and {second} later" if second else pods

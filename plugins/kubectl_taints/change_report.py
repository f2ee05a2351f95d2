"""A change and its forecast become lines and a table for people, and a document for programs."""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from kubectl_fieldkit.ages import human_duration
from kubectl_fieldkit.envelope import Document, Envelope, Incomplete
from kubectl_fieldkit.output import Block, Cell, Heading, Report, Table
from kubectl_taints.changes import NodeChange, Operation
from kubectl_taints.forecast import GOING, Forecast, PodForecast
from kubectl_taints.plan import Failure
from kubectl_taints.report import why

DryRun = Literal["none", "client", "server"]
SUFFIXES = {"none": "", "client": " (dry run)", "server": " (server dry run)"}
STYLES = {"evicted-now": "red", "evicted-later": "red", "spared": "green", "leaving": "dim"}


class ChangedNode(Document, frozen=True):
    """A node's taints before and after, spelled as kubectl spells them."""

    name: str
    operation: Operation
    before: list[str]
    after: list[str]


class FailedNode(Document, frozen=True):
    """A node that was not changed; with `unsure` it may be after all."""

    name: str
    error: str
    unsure: bool


class TaintChangeReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl taints add` and `remove`.

    `forecast` is null where no NoExecute taint changes.
    """

    dry_run: DryRun
    nodes: list[ChangedNode]
    failed: list[FailedNode]
    forecast: Forecast | None
    undo: list[str]


class Outcome(Struct, frozen=True):
    """What became of the nodes, and what was foreseen."""

    changes: Sequence[NodeChange]
    failures: Sequence[Failure]
    forecast: Forecast | None
    incomplete: Sequence[Incomplete]
    dry_run: DryRun
    undo: Sequence[str] = ()


def of_change(outcome: Outcome, server_version: str, wide: bool) -> Report:
    """The answer: a line a node; in a dry run the forecast as well."""
    return Report(
        blocks=lambda: [
            *_lines(outcome),
            *(_forecast(outcome, wide) if outcome.dry_run != "none" else ()),
        ],
        document=lambda: _document(outcome, server_version),
        names=lambda: [f"node/{change.name}" for change in outcome.changes],
    )


def _lines(outcome: Outcome) -> list[Block]:
    suffix = SUFFIXES[outcome.dry_run]
    return [f"node/{change.name} {change.operation}{suffix}" for change in outcome.changes]


def _document(outcome: Outcome, server_version: str) -> TaintChangeReport:
    return TaintChangeReport(
        kind="TaintChangeReport",
        server_version=server_version,
        incomplete=list(outcome.incomplete),
        dry_run=outcome.dry_run,
        nodes=[_changed(change) for change in outcome.changes],
        failed=[
            FailedNode(name=f.node, error=str(f.error), unsure=f.unsure) for f in outcome.failures
        ],
        forecast=outcome.forecast,
        undo=list(outcome.undo),
    )


def _changed(change: NodeChange) -> ChangedNode:
    return ChangedNode(
        name=change.name,
        operation=change.operation,
        before=[str(taint) for taint in change.before],
        after=[str(taint) for taint in change.after],
    )


def _forecast(outcome: Outcome, wide: bool) -> list[Block]:
    return forecast_blocks(outcome.forecast, outcome.incomplete, wide) if outcome.forecast else []


def forecast_blocks(
    forecast: Forecast, incomplete: Sequence[Incomplete], wide: bool = False
) -> list[Block]:
    """What the taint-eviction-controller will do: a sentence, the pods that move, the budgets."""
    blocks: list[Block] = [Heading(f"Forecast: {summary(forecast)}")]
    rows = [
        _row(pod) for pod in forecast.pods or () if wide or pod.fate in (*GOING, "due", "spared")
    ]
    blocks += (
        [Table(("NODE", "NAMESPACE", "POD", "OUTCOME", "OWNER", "COMES BACK"), rows)]
        if rows
        else []
    )
    return [
        *blocks,
        *_budgets(forecast),
        *(f"{read.resource} are unknown: {why(read)}" for read in incomplete),
    ]


def summary(forecast: Forecast) -> str:
    """How many pods go, when, and how many do not."""
    if forecast.pods is None:
        return "unknown"
    words = {
        "evicted-now": "evicted now",
        "evicted-later": "evicted later",
        "due": "due already",
        "spared": "no longer evicted",
        "leaving": "leaving anyway",
        "stays": "stay",
    }
    counts = [
        (sum(1 for p in forecast.pods if p.fate == fate), text) for fate, text in words.items()
    ]
    return ", ".join(f"{count} {text}" for count, text in counts if count) or "no pods there"


def _row(pod: PodForecast) -> Sequence[str | Cell]:
    owner = pod.owner or Cell("<none>", "dim")
    return pod.node, pod.namespace, pod.name, _fate(pod), owner, _return(pod)


def _fate(pod: PodForecast) -> Cell:
    text = {
        "evicted-now": "evicted now",
        "evicted-later": f"evicted after {pod.after_seconds}s",
        "due": f"due already{_left(pod)}",
        "spared": "no longer evicted",
        "leaving": "leaving anyway",
        "stays": "stays",
    }[pod.fate]
    unsure = pod.certainty == "unknown" and pod.fate == "evicted-now"
    gate = " (unless the server's gate TaintTolerationComparisonOperators is on)"
    return Cell(text + (gate if unsure else ""), STYLES.get(pod.fate, ""))


def _left(pod: PodForecast) -> str:
    if pod.after_seconds is not None:
        return f", in {human_duration(pod.after_seconds)}"
    within = pod.within_seconds
    return "" if within is None else f", within {human_duration(within)}"


def _return(pod: PodForecast) -> str:
    if pod.comes_back is None:
        return ""
    return {
        "by-owner": "as a new pod of its owner, where one fits",
        "failure-of-job": "counts as a failure of its Job",
        "here": "on this node, until it is evicted again",
        "not-here": "not on this node",
        "never": "never: it has no owner",
        "finished": "no: it has finished",
    }[pod.comes_back]


def _budgets(forecast: Forecast) -> Iterator[Block]:
    for budget in forecast.budgets or ():
        plural = "" if budget.disruptions_allowed == 1 else "s"
        yield (
            f"PodDisruptionBudget {budget.namespace}/{budget.name} is not asked: it allows "
            f"{budget.disruptions_allowed} disruption{plural}, {budget.pods_going} of its pods go"
        )

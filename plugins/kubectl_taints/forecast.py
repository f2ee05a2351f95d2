"""What a change of a node's NoExecute taints does to the pods on it.

Only what the change itself moves is news: a pod that an older taint sends away already is due or leaving.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from kubectl_fieldkit.envelope import Certainty, Document
from kubectl_fieldkit.objects.budget import Budget
from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import Pod, Toleration
from kubectl_fieldkit.selectors import selects
from kubectl_fieldkit.tolerations import NO_EXECUTE, by_comparison, untolerated
from kubectl_taints.changes import NodeChange
from kubectl_taints.eviction import deletion_time, latest_deletion, seconds_to_stay
from kubectl_taints.owners import Return, comes_back, owner_of
from kubectl_taints.setters import last_writer

Fate = Literal["evicted-now", "evicted-later", "due", "spared", "leaving", "stays"]
FATES: tuple[Fate, ...] = ("evicted-now", "evicted-later", "due", "spared", "leaving", "stays")
GOING: tuple[Fate, ...] = ("evicted-now", "evicted-later")


class PodForecast(Document, frozen=True):
    """One pod on a changed node.

    `fate`: evicted-now, evicted-later (`after_seconds`), due (later without this change: in
    `after_seconds` where that is known, or in no more than `within_seconds`), spared (an eviction
    that was due is cancelled), leaving (already, without this change), stays. `comes_back` is null
    where the change does not move it: by-owner (where a node takes it), failure-of-job, here (on
    the same node), not-here, never, or finished already.
    """

    node: str
    namespace: str
    name: str
    owner: str
    fate: Fate
    after_seconds: int | None
    within_seconds: int | None
    certainty: Certainty
    comes_back: Return | None
    budgets: list[str]


class BudgetForecast(Document, frozen=True):
    """A PodDisruptionBudget that the evictions ignore."""

    namespace: str
    name: str
    disruptions_allowed: int
    pods_going: int


class Forecast(Document, frozen=True):
    """Pods and budgets; null where they could not be read."""

    pods: list[PodForecast] | None
    budgets: list[BudgetForecast] | None

    def count(self, *fates: Fate) -> int:
        """How many pods have one of these fates."""
        return sum(1 for pod in self.pods or () if pod.fate in fates)


def changes_executing(change: NodeChange) -> bool:
    """Whether the change adds, removes or alters a NoExecute taint."""
    return _executing(change.before) != _executing(change.after)


def adds_executing(change: NodeChange) -> bool:
    """Whether the change can evict at all: to take a taint away never does."""
    return bool(_executing(change.after) - _executing(change.before))


def _executing(taints: Iterable[Taint]) -> set[str]:
    return {str(taint) for taint in taints if taint.effect == NO_EXECUTE}


def foresee(
    changes: Sequence[tuple[NodeChange, Sequence[Pod]]],
    budgets: Sequence[Budget] | None,
    now: datetime,
) -> Forecast:
    """The forecast for nodes with their pods, those that go soonest first."""
    there: dict[str, list[Budget]] = {}
    for budget in budgets or ():
        there.setdefault(budget.metadata.namespace, []).append(budget)
    found = [
        _foresee(pod, change, there.get(pod.metadata.namespace, ()), now)
        for change, pods in changes
        for pod in pods
    ]
    return Forecast(
        pods=sorted(found, key=_order),
        budgets=None if budgets is None else _ignored(budgets, found),
    )


def _foresee(pod: Pod, change: NodeChange, budgets: Sequence[Budget], now: datetime) -> PodForecast:
    fate, seconds = fate_of(pod, change.before, change.after)
    due, bound = _time_left(pod, change, now) if fate == "due" else (None, None)
    going = fate in GOING
    return PodForecast(
        node=change.name,
        namespace=pod.metadata.namespace,
        name=pod.metadata.name,
        owner=owner_of(pod),
        fate=fate,
        after_seconds=due if fate == "due" else seconds,
        within_seconds=bound,
        certainty=_certainty(change.after, pod.spec.tolerations),
        comes_back=comes_back(pod, change.after) if going else None,
        budgets=[
            budget.metadata.name
            for budget in budgets
            if going and selects(budget.spec.selector, pod.metadata.labels)
        ],
    )


def _time_left(pod: Pod, change: NodeChange, now: datetime) -> tuple[int | None, int | None]:
    """How long a pod that is due may stay, and at most; None where that is not known, or over."""
    writer, tolerations = last_writer(change.node), pod.spec.tolerations
    at = deletion_time(change.before, tolerations)
    by = latest_deletion(change.before, tolerations, writer.time if writer else None)
    left = [round((end - now).total_seconds()) if end else None for end in (at, by)]
    due, bound = (seconds if seconds and seconds > 0 else None for seconds in left)
    return due, bound


def fate_of(pod: Pod, before: Sequence[Taint], after: Sequence[Taint]) -> tuple[Fate, int | None]:
    """What becomes of the pod, and after how many seconds where the change decides that.

    Mirrors processPodOnNode of k8s.io/kubernetes/pkg/controller/tainteviction/taint_eviction.go:
    a deletion that is scheduled stands, unless a taint is not tolerated at all (then it is now) or
    all are tolerated for ever (then it is cancelled).
    """
    tolerations = pod.spec.tolerations
    old, new = seconds_to_stay(before, tolerations), seconds_to_stay(after, tolerations)
    if pod.metadata.deletion_timestamp or old == 0:
        return "leaving", None
    if old is None:
        return _first_fate(new)
    if _is_refused(after, tolerations):
        return "evicted-now", 0
    return ("due", None) if new is not None else ("spared", None)


def _first_fate(seconds: int | None) -> tuple[Fate, int | None]:
    if seconds is None:
        return "stays", None
    return ("evicted-later" if seconds else "evicted-now"), seconds


def _is_refused(taints: Iterable[Taint], tolerations: Sequence[Toleration]) -> bool:
    return any(taint.effect == NO_EXECUTE for taint in untolerated(taints, tolerations))


def _certainty(taints: Sequence[Taint], tolerations: Sequence[Toleration]) -> Certainty:
    """Unknown where an Lt or Gt toleration decides: whether it counts is a gate of the server."""
    refused = (t for t in untolerated(taints, tolerations) if t.effect == NO_EXECUTE)
    return "unknown" if any(by_comparison(taint, tolerations) for taint in refused) else "inferred"


def _ignored(budgets: Sequence[Budget], pods: Sequence[PodForecast]) -> list[BudgetForecast]:
    going = Counter((pod.namespace, budget) for pod in pods for budget in pod.budgets)
    found = [
        BudgetForecast(
            namespace=budget.metadata.namespace,
            name=budget.metadata.name,
            disruptions_allowed=budget.status.disruptions_allowed,
            pods_going=going[budget.metadata.namespace, budget.metadata.name],
        )
        for budget in budgets
    ]
    return sorted((b for b in found if b.pods_going), key=lambda b: (b.namespace, b.name))


def _order(pod: PodForecast) -> tuple[int, int, str, str]:
    seconds = pod.after_seconds or pod.within_seconds or 0
    return FATES.index(pod.fate), seconds, pod.namespace, pod.name

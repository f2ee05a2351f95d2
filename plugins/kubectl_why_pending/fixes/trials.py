"""Runs the cycle with changes made: so often and no more, and never twice for the same changes."""

from collections.abc import Sequence

from kubectl_why_pending.fixes.change import Change
from kubectl_why_pending.fixes.situation import Situation
from kubectl_why_pending.scheduler.cycle import (
    Prepared,
    Verdict,
    filter_nodes,
    run_filters_with_nominated_pods,
    run_pre_filters,
)
from kubectl_why_pending.scheduler.filter import SchedulerError

NODES_SEEN = 9_000  # by all cycles together, but
FEWEST, MOST = 8, 80  # cycles
NOWHERE = Verdict(Prepared(()), error="the changes are at odds, or a filter fails")

Key = frozenset[tuple[str, str, str, str]]


class Trials:
    """What would become of a pod after changes; `left` is how many halves of cycles may still be run."""

    def __init__(self, situation: Situation, verdict: Verdict) -> None:
        self.situation = situation
        nodes = len(situation.cluster.nodes)
        self.left = 2 * min(MOST, max(FEWEST, NODES_SEEN // max(nodes, 1)))
        self._verdicts: dict[Key, Verdict] = {frozenset(): verdict}
        self._last: tuple[Key, Situation, Prepared] = (frozenset(), situation, verdict.prepared)

    def after(self, changes: Sequence[Change]) -> Verdict:
        """The verdict of the whole cycle."""
        key = frozenset(change.key for change in changes)
        if key not in self._verdicts:
            self._verdicts[key] = self._run(changes)
        return self._verdicts[key]

    def proven(self, changes: Sequence[Change]) -> tuple[str, ...]:
        """The nodes that the pod fits with all of the changes, if it fits none without any one of them."""
        nodes = self.after(changes).fits
        if not nodes:
            return ()
        for left_out in changes:
            if self.after([change for change in changes if change is not left_out]).fits:
                return ()
        return tuple(sorted(nodes))

    def fits_on(self, name: str, changes: Sequence[Change]) -> bool:
        """Whether the one node would take the pod: half the work of a cycle."""
        try:
            changed, prepared = self._prepared(changes)
            if prepared.rejection or (prepared.nodes is not None and name not in prepared.nodes):
                return False
            node, filters = changed.cluster.nodes[name], prepared.filters
            return not run_filters_with_nominated_pods(changed.pod, filters, node, changed.cluster)
        except (ValueError, LookupError, SchedulerError):
            return False

    def _run(self, changes: Sequence[Change]) -> Verdict:
        try:
            changed, prepared = self._prepared(changes)
            if prepared.rejection:
                return Verdict(prepared)
            self.left -= 1
            return filter_nodes(changed.pod, changed.cluster, prepared)
        except (ValueError, LookupError, SchedulerError):
            return NOWHERE

    def _prepared(self, changes: Sequence[Change]) -> tuple[Situation, Prepared]:
        """PreFilter's half; kept, since the same changes are asked of one node and then of all."""
        key = frozenset(change.key for change in changes)
        if self._last[0] != key:
            self.left -= 1
            changed = self.situation.after(changes)
            self._last = key, changed, run_pre_filters(changed.pod, changed.cluster)
        return self._last[1], self._last[2]

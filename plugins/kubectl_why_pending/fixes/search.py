"""Looks for the smallest changes, node by node from the nearest, and proves each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, product

from msgspec import Struct

from kubectl_why_pending.fixes.change import Change, Fix, is_edit
from kubectl_why_pending.fixes.deletions import deletions
from kubectl_why_pending.fixes.nearest import Refused, nearest, refused_on
from kubectl_why_pending.fixes.new_node import new_nodes
from kubectl_why_pending.fixes.options import Options, before_any_node, options_of
from kubectl_why_pending.fixes.situation import Situation
from kubectl_why_pending.fixes.trials import Trials
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.cycle import Verdict
from kubectl_why_pending.scheduler.pod_info import PodInfo

MOST_CHANGES = 3
SHOWN = 8
OF_A_SORT = 3  # fixes that differ in names alone
NODES_TRIED = 12  # groups of nodes with equal causes, the nearest first
COMBINATIONS = 12  # of one node's options
CLASSES_TRIED = 4  # of nodes to add
EMPTIED = 3  # nodes whose pods might be deleted


class Candidate(Struct, frozen=True):
    """Changes that may help; `node` is the one that they are for."""

    changes: tuple[Change, ...]
    node: str

    @property
    def rank(self) -> tuple[int, int]:
        """The cheapest first, of equals the shortest."""
        return sum(change.cost for change in self.changes), len(self.changes)

    @property
    def sorts(self) -> Counter[str]:
        """What is done, whatever it is done to."""
        return Counter(change.sort for change in self.changes)


def find(pod: PodInfo, cluster: Cluster, verdict: Verdict) -> list[Fix]:
    """Some fixes, the cheapest first; none for a pod that fits, or where a list could not be read."""
    if verdict.fits or verdict.error or verdict.prepared.unknown:
        return []
    trials = Trials(Situation(pod, cluster), verdict)
    found: list[Fix] = []
    taken: list[Counter[str]] = []
    for candidate in sorted(_unique(_all(trials)), key=lambda each: each.rank):
        if trials.left <= 0 or len(found) == SHOWN:
            break
        if _is_needless(candidate, found, taken):
            continue
        if trials.fits_on(candidate.node, candidate.changes) and (
            nodes := trials.proven(candidate.changes)
        ):
            found.append(Fix(candidate.changes, nodes))
            taken.append(candidate.sorts)
    return found


def _is_needless(candidate: Candidate, found: Sequence[Fix], taken: Sequence[Counter[str]]) -> bool:
    """Whether less helps: some of these changes, or of their sorts elsewhere; or the same does often enough."""
    keys = {change.key for change in candidate.changes}
    if any({change.key for change in fix.changes} <= keys for fix in found):
        return True
    sorts = candidate.sorts
    return any(other < sorts for other in taken) or taken.count(sorts) == OF_A_SORT


def _unique(candidates: Iterator[Candidate]) -> list[Candidate]:
    sets: dict[frozenset[tuple[str, ...]], Candidate] = {}
    for each in candidates:
        sets.setdefault(frozenset(change.key for change in each.changes), each)
    return list(sets.values())


def _all(trials: Trials) -> Iterator[Candidate]:
    """On what is there; where no node was looked at, after each change that would have them looked at."""
    for base in _starts(trials, ()):
        situation = trials.situation.after(base)
        verdict = trials.after(base)
        if verdict.fits:
            yield Candidate(base, verdict.fits[0])
            continue
        refused = nearest(situation, verdict.prepared)
        for each in refused[:NODES_TRIED]:
            yield from _on(each, situation, base)
        for change in islice(new_nodes(situation.cluster), CLASSES_TRIED):
            yield from _on_new(change, situation, verdict, base)
        yield from islice(_by_deletion(refused, situation, base), EMPTIED)


def _starts(trials: Trials, base: tuple[Change, ...]) -> Iterator[tuple[Change, ...]]:
    """The changes that are needed before nodes are looked at."""
    verdict = trials.after(base)
    rejection = verdict.prepared.rejection
    if verdict.error:
        return
    if rejection is None:
        yield base
        return
    if len(base) < MOST_CHANGES:
        for change in before_any_node(rejection, trials.situation.after(base)):
            yield from _starts(trials, (*base, change))


def _on(refused: Refused, situation: Situation, base: tuple[Change, ...]) -> Iterator[Candidate]:
    """Each choice of one change for every filter that refuses the node."""
    causes: list[Options] = []
    for plugin in refused.refusing:
        options = options_of(plugin, situation, refused.node)
        if options is not None:
            causes.append(options)
    if len(base) + len(causes) > MOST_CHANGES:
        return
    for chosen in islice(product(*causes), COMBINATIONS):
        changes = {change.key: change for change in (*base, *chosen)}
        yield Candidate(tuple(changes.values()), refused.node.name)


def _on_new(
    change: Change, situation: Situation, verdict: Verdict, base: tuple[Change, ...]
) -> Iterator[Candidate]:
    """One more node, with the edits of the pod that it takes."""
    bigger = situation.after([change])
    node, changes = bigger.cluster.nodes[change.name], (*base, change)
    found = refused_on(node, verdict.prepared)
    if not found.refusing:
        yield Candidate(changes, change.name)
        return
    for candidate in _on(found, bigger, changes):
        if all(is_edit(each) for each in candidate.changes[len(changes) :]):
            yield candidate


def _by_deletion(
    refused: Sequence[Refused], situation: Situation, base: tuple[Change, ...]
) -> Iterator[Candidate]:
    """Pods gone from a node that is only full."""
    for each in refused[:NODES_TRIED]:
        gone = deletions(situation.pod, each.node, each.refusing)
        if gone and len(base) + len(gone) <= MOST_CHANGES:
            yield Candidate((*base, *gone), each.node.name)

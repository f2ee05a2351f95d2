"""InterPodAffinity: pods that must be together, pods that must not, and what those already there forbid."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Self

from kubectl_fieldkit.selectors import InvalidSelector
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.affinity_term import Term, merged, terms_of
from kubectl_why_pending.scheduler.affinity_words import ANYWHERE, Neighbours
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo

Counts = dict[tuple[str, str], int]  # (label, value) of a topology domain → terms matched in it


class InterPodAffinity(Filter):
    """pkg/scheduler/framework/plugins/interpodaffinity/filtering.go.

    `together` counts pods that match all affinity terms, `apart` those that match an anti-affinity
    term, `forbidden` the anti-affinity terms of others that match this pod; each by domain.
    """

    NAME = "InterPodAffinity"
    NOT_TOGETHER = Rejection(NAME, ("node(s) didn't match pod affinity rules",))
    NOT_APART = Rejection(NAME, ("node(s) didn't match pod anti-affinity rules",), resolvable=True)
    FORBIDDEN = Rejection(
        NAME, ("node(s) didn't satisfy existing pods anti-affinity rules",), resolvable=True
    )

    def __init__(
        self,
        pod: PodInfo,
        cluster: Cluster,
        affinity: Sequence[Term],
        anti_affinity: Sequence[Term],
        space_labels: Mapping[str, str],
    ) -> None:
        self.pod = pod
        self.cluster = cluster
        self.affinity, self.anti_affinity = affinity, anti_affinity
        self.space_labels = space_labels
        self.together: Counts = {}
        self.apart: Counts = {}
        self.forbidden: Counts = {}

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | Rejection | None:
        """Skipped for a pod without terms that no other pod's anti-affinity is about."""
        if errors := list(_parse_errors(pod)):
            text = f"[{', '.join(errors)}]" if errors[1:] else errors[0]
            return Rejection(cls.NAME, (f"parsing pod: {text}",))
        namespace = pod.pod.metadata.namespace
        affinity = [merged(term, cluster) for term in terms_of(pod.affinity_terms, namespace)]
        anti = [merged(term, cluster) for term in terms_of(pod.anti_affinity_terms, namespace)]
        labels = cluster.namespace_labels(namespace) if cluster.is_namespace_selected else ANYWHERE
        made = cls(pod, cluster, affinity, anti, labels)
        for other, node in cluster.avoiding:
            made._count_forbidden(other, node, 1)
        if not affinity and not anti:
            return made if made.forbidden else None
        for other, node in cluster.pods():
            made._count_own(other.pod, node, 1)
        return made

    def _count_forbidden(self, other: PodInfo, node: NodeInfo, delta: int) -> None:
        for term in other.avoids:
            if term.matches(self.pod.pod, self.space_labels):
                _add(self.forbidden, term.key, node, delta)

    def _count_own(self, other: Pod, node: NodeInfo, delta: int) -> None:
        if self.affinity and self._matches_all(other):
            for term in self.affinity:
                _add(self.together, term.key, node, delta)
        for term in self.anti_affinity:
            if term.matches(other, ANYWHERE):
                _add(self.apart, term.key, node, delta)

    def _matches_all(self, pod: Pod) -> bool:
        return all(term.matches(pod, ANYWHERE) for term in self.affinity)

    def filter(self, node: NodeInfo) -> Rejection | None:
        """The affinity, then the anti-affinity, then that of the others."""
        if not self._is_together(node):
            return self.NOT_TOGETHER
        if any(self._conflicts(term, node) for term in self.anti_affinity):
            return self.NOT_APART
        if self.forbidden and any(self.forbidden.get(pair, 0) > 0 for pair in node.labels.items()):
            return self.FORBIDDEN
        return None

    def _is_together(self, node: NodeInfo) -> bool:
        """Every term's domain has a matching pod, or the pod is the first of its kind and matches itself."""
        found = True
        for term in self.affinity:
            value = node.labels.get(term.key)
            if value is None:
                return False
            found = found and self.together.get((term.key, value), 0) > 0
        return found or (not self.together and self._matches_all(self.pod.pod))

    def _conflicts(self, term: Term, node: NodeInfo) -> bool:
        value = node.labels.get(term.key)
        return value is not None and self.apart.get((term.key, value), 0) > 0

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Each term that is not met, and the pod that is in the way or missing."""
        telling = self._neighbours
        failures: list[Failure] = []
        if not self._is_together(node):
            failures += self._failures(self.NOT_TOGETHER, telling.lacking(node))
        failures += self._failures(self.NOT_APART, telling.hated(node))
        failures += self._failures(self.FORBIDDEN, telling.hating(node))
        return tuple(failures)

    def _failures(self, rejection: Rejection, told: Iterable[str]) -> Iterator[Failure]:
        return (Failure(self.NAME, rejection.reasons[0], detail) for detail in told)

    @cached_property
    def _neighbours(self) -> Neighbours:
        """Of the pods that nodes have: a clone, whose counts are others, explains nothing."""
        return Neighbours(
            self.pod, self.cluster, self.affinity, self.anti_affinity, self.space_labels
        )

    def add_pod(self, pod: PodInfo, node: NodeInfo) -> None:
        """One pod more, with its own terms."""
        self._count_forbidden(pod, node, 1)
        self._count_own(pod.pod, node, 1)

    def remove_pod(self, pod: PodInfo, node: NodeInfo) -> None:
        """One pod less, with its own terms."""
        self._count_forbidden(pod, node, -1)
        self._count_own(pod.pod, node, -1)

    def clone(self) -> Self:
        """One with counts of its own."""
        other = type(self)(
            self.pod, self.cluster, self.affinity, self.anti_affinity, self.space_labels
        )
        other.together, other.apart = dict(self.together), dict(self.apart)
        other.forbidden = dict(self.forbidden)
        return other


def _parse_errors(pod: PodInfo) -> Iterator[str]:
    """What NewPodInfo of framework/types.go finds wrong; preferences are not looked at."""
    kinds = {"Affinity": pod.affinity_terms, "AntiAffinity": pod.anti_affinity_terms}
    for kind, terms in kinds.items():
        try:
            terms_of(terms, pod.pod.metadata.namespace)
        except InvalidSelector as err:
            yield f"required{kind}Terms: {err}"


def _add(counts: Counts, key: str, node: NodeInfo, delta: int) -> None:
    """A count that comes to nothing is gone, as in upstream's maps: some rules ask whether one is empty."""
    value = node.labels.get(key)
    if value is None:
        return
    pair = (key, value)
    counts[pair] = counts.get(pair, 0) + delta
    if not counts[pair]:
        del counts[pair]

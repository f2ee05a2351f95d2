"""Which pods are in the way of a pod, or missing near it, in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from msgspec import Struct

from kubectl_why_pending.objects.affinity import PodAffinityTerm
from kubectl_why_pending.scheduler.affinity_term import Term, selector_in_words
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo

ANYWHERE: Mapping[str, str] = {}  # terms of the pod itself name their namespaces
SHOWN = 3

Placed = tuple[PodInfo, NodeInfo]


class Found(Struct):
    """Pods in one topology domain: what is told of one of them, and how many there are."""

    told: str
    count: int = 0


class Finds(dict[str, Found]):
    """By the value of a label of nodes."""

    def add(self, value: str, told: str) -> None:
        """One pod more there."""
        self.setdefault(value, Found(told)).count += 1

    def told(self, value: str) -> str:
        """One of the pods there, and that there are more."""
        found = self[value]
        return found.told + (f" and {found.count - 1} more" if found.count > 1 else "")


class Neighbours:
    """The pods that terms are about, by topology domain; the cluster is looked through once for all nodes."""

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
        self.space_labels = space_labels
        self.wanted = list(zip(affinity, pod.affinity_terms, strict=True))
        self.unwanted = list(zip(anti_affinity, pod.anti_affinity_terms, strict=True))

    def lacking(self, node: NodeInfo) -> Iterator[str]:
        """For each affinity term that is not met: what must be joined, and where that is."""
        for (term, written), found in zip(self.wanted, self._joinable, strict=True):
            others = f" that meets all {len(self.wanted)} terms" if self.wanted[1:] else ""
            text = f"must join a pod {self._meant(term, written)}{others}"
            value = node.labels.get(term.key)
            if value is None:
                yield f"{text}: the node has no label {term.key}"
            elif value not in found and not self._is_first:
                yield f"{text} in {term.key}={value}: {self._elsewhere(found)}"

    def _elsewhere(self, found: Finds) -> str:
        if found:
            places = [f"{value} ({found.told(value)})" for value in islice(found, SHOWN)]
            return f"there is one in {', '.join(places)}{_more(len(found))}"
        if any(self._joinable):
            return "those that there are lie on nodes without that label"
        lonely = "and this pod does not match either, so it cannot be the first"
        return f"no node with that label has one, {lonely}"

    @cached_property
    def _is_first(self) -> bool:
        """Whether there is no pod to join, and this one is what others will join."""
        matches = all(term.matches(self.pod.pod, ANYWHERE) for term, _ in self.wanted)
        return matches and not any(self._joinable)

    def hated(self, node: NodeInfo) -> Iterator[str]:
        """For each anti-affinity term that is broken: which pod is in the way."""
        for (term, written), found in zip(self.unwanted, self._avoidable, strict=True):
            value = node.labels.get(term.key)
            if value is not None and value in found:
                there = f"{term.key}={value}: {found.told(value)}"
                yield f"avoids pods {self._meant(term, written)} in {there}"

    def hating(self, node: NodeInfo) -> Iterator[str]:
        """For each topology domain of the node that pods keep this one out of: which, and as what."""
        for key, found in self._hating.items():
            value = node.labels.get(key)
            if value is not None and value in found:
                yield f"is avoided in {key}={value} by {found.told(value)}"

    def _meant(self, term: Term, written: PodAffinityTerm) -> str:
        """`(app=web)`, with the namespaces where they are not just the pod's own."""
        selector = selector_in_words(written.label_selector)
        if term.spaces is not None:
            return f"({selector}) of every namespace"
        names = sorted(term.namespaces)
        if names == [self.pod.pod.metadata.namespace]:
            return f"({selector})"
        told = ", ".join(names[:SHOWN]) + _more(len(names))
        return f"({selector}) of namespace {told or 'none at all'}"

    @cached_property
    def _joinable(self) -> list[Finds]:
        """For each affinity term the pods that meet all of them."""
        terms = [term for term, _ in self.wanted]
        pods = [
            (pod, node)
            for pod, node in self.cluster.pods()
            if all(term.matches(pod.pod, ANYWHERE) for term in terms)
        ]
        return [_finds(pods, term.key) for term in terms]

    @cached_property
    def _avoidable(self) -> list[Finds]:
        """For each anti-affinity term the pods that it is about."""
        return [
            _finds((p for p in self.cluster.pods() if term.matches(p[0].pod, ANYWHERE)), term.key)
            for term, _ in self.unwanted
        ]

    @cached_property
    def _hating(self) -> dict[str, Finds]:
        """By label of nodes: the pods that avoid this one, with the term by which they do."""
        found: dict[str, Finds] = {}
        for other, node in self.cluster.avoiding:
            for key, meant in self._hating_terms(other).items():
                if (value := node.labels.get(key)) is not None:
                    told = f"pod {other.key} on {node.name} (which avoids {meant})"
                    found.setdefault(key, Finds()).add(value, told)
        return found

    def _hating_terms(self, other: PodInfo) -> dict[str, str]:
        """By label of nodes: the selector by which the other pod avoids this one."""
        return {
            term.key: selector_in_words(written.label_selector)
            for term, written in zip(other.avoids, other.anti_affinity_terms, strict=False)
            if term.matches(self.pod.pod, self.space_labels)
        }


def _finds(pods: Iterable[Placed], key: str) -> Finds:
    found = Finds()
    for pod, node in pods:
        if (value := node.labels.get(key)) is not None:
            found.add(value, f"pod {pod.key} on {node.name}")
    return found


def _more(count: int) -> str:
    return f", and {count - SHOWN} more" if count > SHOWN else ""

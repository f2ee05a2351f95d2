"""NodeAffinity: nodeSelector and required node affinity."""

from collections.abc import Sequence
from typing import Self

from kubectl_fieldkit.node_affinity import selects
from kubectl_fieldkit.objects.affinity import NodeSelectorTerm
from kubectl_why_pending.objects.pod import PodSpec
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo
from kubectl_why_pending.scheduler.selector_words import terms_in_words, there


class NodeAffinity(Filter):
    """pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go."""

    NAME = "NodeAffinity"
    REFUSED = Rejection(NAME, ("node(s) didn't match Pod's node affinity/selector",))
    CONFLICT = Rejection(NAME, ("pod affinity terms conflict",))

    def __init__(self, spec: PodSpec, nodes: frozenset[str] | None) -> None:
        self.spec = spec
        self.nodes = nodes

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | Rejection | None:
        """Skipped without either; pinned where every term names its nodes, as a DaemonSet's does."""
        spec = pod.pod.spec
        required = spec.affinity.node_affinity.required
        if required is None:
            return cls(spec, None) if spec.node_selector else None
        pinned = _pinned(required.node_selector_terms)
        return cls.CONFLICT if pinned is not None and not pinned else cls(spec, pinned)

    def filter(self, node: NodeInfo) -> Rejection | None:
        """Whether the labels are not those asked for."""
        return None if selects(self.spec, node.node.metadata) else self.REFUSED

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """What was wanted and what is there."""
        if self.filter(node) is None:
            return ()
        return (Failure(self.NAME, self.REFUSED.reasons[0], "; ".join(self._missing(node))),)

    def _missing(self, node: NodeInfo) -> list[str]:
        wrong = [
            f"wants {key}={value}, {there(key, node)}"
            for key, value in self.spec.node_selector.items()
            if node.labels.get(key) != value
        ]
        required = self.spec.affinity.node_affinity.required
        if required is None or selects(_only_affinity(self.spec), node.node.metadata):
            return wrong
        return [*wrong, terms_in_words(required.node_selector_terms, node)]


def _only_affinity(spec: PodSpec) -> PodSpec:
    return PodSpec(affinity=spec.affinity)


def _pinned(terms: Sequence[NodeSelectorTerm]) -> frozenset[str] | None:
    """The nodes that the terms name; None as soon as one term names none (terms are alternatives)."""
    names: set[str] = set()
    for term in terms:
        of_term: set[str] | None = None
        for clause in term.match_fields:
            if clause.key == "metadata.name" and clause.operator == "In":
                named = set(clause.values)
                of_term = named if of_term is None else of_term & named
        if of_term is None:
            return None
        names |= of_term
    return frozenset(names) if terms else None

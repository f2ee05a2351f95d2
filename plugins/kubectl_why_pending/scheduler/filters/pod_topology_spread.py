"""PodTopologySpread: no value of a label of nodes may get ahead of the others by more than maxSkew."""

from collections.abc import Iterator, Sequence
from typing import Self

from kubectl_fieldkit.node_affinity import selects
from kubectl_fieldkit.selectors import InvalidSelector
from kubectl_fieldkit.tolerations import untolerated
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection, SchedulerError
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo
from kubectl_why_pending.scheduler.topology_spread import (
    Constraint,
    Counts,
    excess_in_words,
    hard_constraints,
    skew,
)

INVALID = (
    'running PreFilter plugin "PodTopologySpread": get constraints from pod: '
    "obtaining pod's hard topology spread constraints"
)


class PodTopologySpread(Filter):
    """pkg/scheduler/framework/plugins/podtopologyspread/filtering.go."""

    NAME = "PodTopologySpread"
    NO_LABEL = Rejection(
        NAME, ("node(s) didn't match pod topology spread constraints (missing required label)",)
    )
    TOO_MANY = Rejection(
        NAME, ("node(s) didn't match pod topology spread constraints",), resolvable=True
    )

    def __init__(
        self, pod: PodInfo, constraints: Sequence[Constraint], counts: Sequence[Counts]
    ) -> None:
        self.pod = pod
        self.constraints = constraints
        self.counts = counts

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | None:
        """Skipped without a hard constraint; those of the default profile are soft."""
        try:
            hard = list(hard_constraints(pod.pod))
        except InvalidSelector as err:
            raise SchedulerError(f"{INVALID}: {err}") from err
        if not hard:
            return None
        made = cls(pod, hard, [Counts() for _ in hard])
        for node in cluster.nodes.values():
            made._count(node)
        for counts in made.counts:
            counts.settle()
        return made

    def _count(self, node: NodeInfo) -> None:
        if not self._has_all_keys(node):
            return
        for constraint, counts in zip(self.constraints, self.counts, strict=True):
            if self._includes(constraint, node):
                value = node.labels[constraint.key]
                counts.by_value[value] = counts.by_value.get(value, 0) + self._on(constraint, node)

    def _on(self, constraint: Constraint, node: NodeInfo) -> int:
        """The pods of a node that count; an empty selector counts none, and leaving pods never count."""
        if not constraint.selector:
            return 0
        namespace = self.pod.pod.metadata.namespace
        return sum(
            constraint.matches(other.pod)
            for other in node.pods
            if other.pod.metadata.namespace == namespace
            and other.pod.metadata.deletion_timestamp is None
        )

    def _has_all_keys(self, node: NodeInfo) -> bool:
        return all(constraint.key in node.labels for constraint in self.constraints)

    def _includes(self, constraint: Constraint, node: NodeInfo) -> bool:
        """matchNodeInclusionPolicies: whether the node's pods count at all."""
        spec, written = self.pod.pod.spec, constraint.written
        if written.node_affinity_policy == "Honor" and not selects(spec, node.node.metadata):
            return False
        taints = node.node.spec.taints
        return written.node_taints_policy != "Honor" or not untolerated(taints, spec.tolerations)

    def filter(self, node: NodeInfo) -> Rejection | None:
        """The first constraint that the pod would break here."""
        for constraint, counts in zip(self.constraints, self.counts, strict=True):
            value = node.labels.get(constraint.key)
            if value is None:
                return self.NO_LABEL
            if skew(constraint, counts, value) > constraint.written.max_skew:
                return self.TOO_MANY
        return None

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Every constraint that the pod would break, with the counts of its domains."""
        return tuple(self._failures(node))

    def _failures(self, node: NodeInfo) -> Iterator[Failure]:
        for constraint, counts in zip(self.constraints, self.counts, strict=True):
            value = node.labels.get(constraint.key)
            if value is None:
                missing = f"the node has no label {constraint.key}"
                yield Failure(self.NAME, self.NO_LABEL.reasons[0], missing)
            elif skew(constraint, counts, value) > constraint.written.max_skew:
                told = excess_in_words(constraint, counts, value)
                yield Failure(self.NAME, self.TOO_MANY.reasons[0], told)

    def add_pod(self, pod: PodInfo, node: NodeInfo) -> None:
        """One pod more in the node's domains."""
        self._update(pod, node, 1)

    def remove_pod(self, pod: PodInfo, node: NodeInfo) -> None:
        """One pod less; upstream does not ask here whether it was leaving, and so was not counted."""
        self._update(pod, node, -1)

    def _update(self, pod: PodInfo, node: NodeInfo, delta: int) -> None:
        same = pod.pod.metadata.namespace == self.pod.pod.metadata.namespace
        if not same or not self._has_all_keys(node):
            return
        for constraint, counts in zip(self.constraints, self.counts, strict=True):
            if constraint.matches(pod.pod) and self._includes(constraint, node):
                counts.add(node.labels[constraint.key], delta)

    def clone(self) -> Self:
        """One with counts of its own."""
        return type(self)(self.pod, self.constraints, [counts.clone() for counts in self.counts])

"""PodTopologySpread: no value of a label of nodes may get ahead of the others by more than maxSkew."""

from collections.abc import Iterator, Sequence
from typing import Self

from msgspec import Struct

from kubectl_fieldkit.node_affinity import selects
from kubectl_fieldkit.selectors import Requirement, compile_selector
from kubectl_fieldkit.tolerations import untolerated
from kubectl_why_pending.objects.affinity import TopologySpreadConstraint
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo

SHOWN = 5  # domains of a constraint that are told
NO_PATH = 2**31 - 1


class Constraint(Struct, frozen=True):
    """A hard constraint with its selector compiled; None selects nothing, () everything."""

    written: TopologySpreadConstraint
    selector: tuple[Requirement, ...] | None
    selects_own: bool

    @property
    def key(self) -> str:
        """The label of nodes whose values are the domains."""
        return self.written.topology_key

    def matches(self, pod: Pod) -> bool:
        """Whether the pod is one of those that are counted."""
        labels = pod.metadata.labels
        return self.selector is not None and all(c.matches(labels) for c in self.selector)


class Counts:
    """How many pods each domain of a constraint has, and the two fewest, kept as upstream keeps them.

    Upstream's criticalPaths remember two domains only: after changes on several nodes the second is
    not always the second fewest, and a verdict can depend on it.
    """

    def __init__(self) -> None:
        self.by_value: dict[str, int] = {}
        self.paths: list[tuple[str, int]] = [("", NO_PATH), ("", NO_PATH)]

    def clone(self) -> "Counts":
        """One that may be changed by itself."""
        other = Counts()
        other.by_value, other.paths = dict(self.by_value), list(self.paths)
        return other

    def settle(self) -> None:
        """The two fewest, once all is counted."""
        for value, count in self.by_value.items():
            self._update(value, count)

    def add(self, value: str, delta: int) -> None:
        """A domain has more or fewer pods."""
        self.by_value[value] = self.by_value.get(value, 0) + delta
        self._update(value, self.by_value[value])

    def _update(self, value: str, count: int) -> None:
        paths = self.paths
        for i in (0, 1):
            if value == paths[i][0]:
                paths[i] = (value, count)
                if paths[0][1] > paths[1][1]:
                    paths.reverse()
                return
        if count < paths[0][1]:
            paths[:] = [(value, count), paths[0]]
        elif count < paths[1][1]:
            paths[1] = (value, count)

    def fewest(self, least_domains: int) -> int:
        """The global minimum: 0 where there are fewer domains than there must be."""
        return 0 if len(self.by_value) < least_domains else self.paths[0][1]


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
        hard = [
            _compiled(constraint, pod.pod)
            for constraint in pod.pod.spec.topology_spread_constraints
            if constraint.when_unsatisfiable == "DoNotSchedule"
        ]
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
            if _skew(constraint, counts, value) > constraint.written.max_skew:
                return self.TOO_MANY
        return None

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Every constraint that the pod would break, with the counts of its domains."""
        return tuple(self._failures(node))

    def _failures(self, node: NodeInfo) -> Iterator[Failure]:
        for constraint, counts in zip(self.constraints, self.counts, strict=True):
            value, limit = node.labels.get(constraint.key), constraint.written.max_skew
            if value is None:
                missing = f"the node has no label {constraint.key}"
                yield Failure(self.NAME, self.NO_LABEL.reasons[0], missing)
            elif (skew := _skew(constraint, counts, value)) > limit:
                told = f"{_domains(constraint, counts, value)}; here the skew would be {skew}, at most {limit}"
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


def _compiled(written: TopologySpreadConstraint, pod: Pod) -> Constraint:
    """With matchLabelKeys, whose values are the pod's own; a key that it lacks is ignored."""
    selector, labels = compile_selector(written.label_selector), pod.metadata.labels
    if selector is not None:
        own = [key for key in written.match_label_keys if key in labels]
        selector = (*selector, *(Requirement(k, "in", frozenset((labels[k],))) for k in own))
    made = Constraint(written, selector, False)
    return Constraint(written, selector, made.matches(pod))


def _skew(constraint: Constraint, counts: Counts, value: str) -> int:
    """How far the domain would be ahead of the emptiest one with the pod in it."""
    least = 1 if constraint.written.min_domains is None else constraint.written.min_domains
    return counts.by_value.get(value, 0) + constraint.selects_own - counts.fewest(least)


def _domains(constraint: Constraint, counts: Counts, here: str) -> str:
    """`zone: a has 3, b has 1`: this domain first, then the emptiest."""
    fewest = sorted(counts.by_value.items(), key=lambda pair: (pair[1], pair[0]))
    others = [f"{value} has {count}" for value, count in fewest if value != here]
    more = [f"and {len(others) - SHOWN + 1} more"] if len(others) >= SHOWN else []
    told = [f"{here} has {counts.by_value.get(here, 0)}", *others[: SHOWN - 1], *more]
    return f"{constraint.key}: {', '.join(told)}"

"""A hard topology spread constraint, and how many pods each of its domains has."""

from collections.abc import Iterator
from functools import cached_property
from heapq import nsmallest

from msgspec import Struct

from kubectl_fieldkit.selectors import Requirement, compile_selector
from kubectl_why_pending.objects.affinity import TopologySpreadConstraint
from kubectl_why_pending.objects.pod import Pod

SHOWN = 5  # domains of a constraint that are told
NO_PATH = 2**31 - 1


class Constraint(Struct, frozen=True):
    """A hard constraint with its selector compiled; None selects nothing, () everything."""

    written: TopologySpreadConstraint
    selector: tuple[Requirement, ...] | None
    selects_own: bool

    @property
    def least_domains(self) -> int:
        """How many domains there must be for the emptiest to count."""
        return 1 if self.written.min_domains is None else self.written.min_domains

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

    @cached_property
    def emptiest(self) -> list[tuple[str, int]]:
        """The domains with the fewest pods when first asked: one more than are shown."""
        return nsmallest(SHOWN + 1, self.by_value.items(), key=lambda pair: (pair[1], pair[0]))


def hard_constraints(pod: Pod) -> Iterator[Constraint]:
    """Those that can refuse a node; raises InvalidSelector."""
    return (
        _compiled(constraint, pod)
        for constraint in pod.spec.topology_spread_constraints
        if constraint.when_unsatisfiable == "DoNotSchedule"
    )


def _compiled(written: TopologySpreadConstraint, pod: Pod) -> Constraint:
    """With matchLabelKeys, whose values are the pod's own; a key that it lacks is ignored."""
    selector, labels = compile_selector(written.label_selector), pod.metadata.labels
    if selector is not None:
        own = [key for key in written.match_label_keys if key in labels]
        selector = (*selector, *(Requirement(k, "in", frozenset((labels[k],))) for k in own))
    made = Constraint(written, selector, False)
    return Constraint(written, selector, made.matches(pod))


def skew(constraint: Constraint, counts: Counts, value: str) -> int:
    """How far the domain would be ahead of the emptiest one with the pod in it."""
    fewest = counts.fewest(constraint.least_domains)
    return counts.by_value.get(value, 0) + constraint.selects_own - fewest


def excess_in_words(constraint: Constraint, counts: Counts, here: str) -> str:
    """`zone: a has 3, b has 1`: this domain, then the emptiest; the skew, and what it may be."""
    domains = len(counts.by_value)
    own = counts.by_value.get(here)
    told = [f"{here} has {own}" if own is not None else f"{here} has none that counts"]
    others = [f"{value} has {count}" for value, count in counts.emptiest if value != here]
    told += others[: SHOWN - 1]
    more = domains - len(told) + (own is None)
    told += [f"and {more} more"] if more else []
    least = constraint.least_domains
    short = (
        f" ({domains} of at least {least} domains, so the fewest is 0)" if domains < least else ""
    )
    ahead = f"here the skew would be {skew(constraint, counts, here)}"
    return f"{constraint.key}: {', '.join(told)}; {ahead}, at most {constraint.written.max_skew}{short}"

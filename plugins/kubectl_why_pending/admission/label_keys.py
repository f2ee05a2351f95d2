"""matchLabelKeys and mismatchLabelKeys become part of the selectors that they narrow.

Mirrors mutatePodAffinity and mutateTopologySpreadConstraints of pkg/registry/core/pod/strategy.go.
"""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from kubectl_fieldkit.objects.label_selector import LabelSelector, LabelSelectorRequirement
from kubectl_why_pending.objects.affinity import (
    PodAffinity,
    PodAffinityTerm,
    TopologySpreadConstraint,
)
from kubectl_why_pending.objects.pod import Pod

SINCE_IN_AFFINITY, SINCE_IN_SPREAD = 31, 34  # minor versions where the gates are on by default


def with_label_keys(pod: Pod, minor: int) -> Pod:
    """The pod with those keys merged; a selector that is missing stays so."""
    labels, spec = pod.metadata.labels, pod.spec
    affinity, spread = spec.affinity, spec.topology_spread_constraints
    if minor >= SINCE_IN_AFFINITY:
        affinity = replace(
            affinity,
            pod_affinity=_affinity(affinity.pod_affinity, labels),
            pod_anti_affinity=_affinity(affinity.pod_anti_affinity, labels),
        )
    if minor >= SINCE_IN_SPREAD:
        spread = [_constraint(constraint, labels) for constraint in spread]
    return replace(pod, spec=replace(spec, affinity=affinity, topology_spread_constraints=spread))


def _affinity(affinity: PodAffinity, labels: Mapping[str, str]) -> PodAffinity:
    return replace(affinity, required=[_term(term, labels) for term in affinity.required])


def _term(term: PodAffinityTerm, labels: Mapping[str, str]) -> PodAffinityTerm:
    if term.label_selector is None:
        return term
    more = [
        *_requirements(term.match_label_keys, "In", labels),
        *_requirements(term.mismatch_label_keys, "NotIn", labels),
    ]
    return replace(term, label_selector=_narrowed(term.label_selector, more))


def _constraint(
    constraint: TopologySpreadConstraint, labels: Mapping[str, str]
) -> TopologySpreadConstraint:
    if constraint.label_selector is None:
        return constraint
    more = _requirements(constraint.match_label_keys, "In", labels)
    return replace(constraint, label_selector=_narrowed(constraint.label_selector, more))


def _requirements(
    keys: Sequence[str], operator: str, labels: Mapping[str, str]
) -> list[LabelSelectorRequirement]:
    """One for each key that the pod has a label of."""
    return [LabelSelectorRequirement(k, operator, [labels[k]]) for k in keys if k in labels]


def _narrowed(selector: LabelSelector, more: Sequence[LabelSelectorRequirement]) -> LabelSelector:
    if not more:
        return selector
    return replace(selector, match_expressions=[*selector.match_expressions, *more])

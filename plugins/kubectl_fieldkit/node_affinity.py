"""Which nodes a pod insists on, by nodeSelector and required node affinity."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from kubectl_fieldkit.objects.affinity import (
    NodeAffinity,
    NodeSelector,
    NodeSelectorRequirement,
    NodeSelectorTerm,
)
from kubectl_fieldkit.objects.meta import ObjectMeta
from kubectl_fieldkit.selectors import Requirement

_MARKS = str.maketrans("-_.", "aaa")
_OPERATORS = {
    "In": "in",
    "NotIn": "notin",
    "Exists": "exists",
    "DoesNotExist": "absent",
    "Gt": "gt",
    "Lt": "lt",
}


class NodeAffinityHolder(Protocol):
    """The part of a pod's affinity that is about nodes."""

    @property
    def node_affinity(self) -> NodeAffinity:
        """What is required of a node."""


class Placement(Protocol):
    """A pod's spec, as far as it names nodes; each plugin has its own Struct for the rest."""

    @property
    def node_selector(self) -> Mapping[str, str]:
        """Labels that must be there."""

    @property
    def affinity(self) -> NodeAffinityHolder:
        """Its affinity."""


def selects(spec: Placement, node: ObjectMeta) -> bool:
    """Whether the pod may be on the node as far as nodeSelector and required affinity go.

    Mirrors RequiredNodeAffinity.Match of
    k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go.
    """
    labels, required = node.labels, spec.affinity.node_affinity.required
    if any(labels.get(key) != value for key, value in spec.node_selector.items()):
        return False
    return required is None or matches_any(required, node)


def matches_any(selector: NodeSelector, node: ObjectMeta) -> bool:
    """Whether one of the terms matches the node; none does where there is no term."""
    return any(_matches_term(term, node) for term in selector.node_selector_terms)


def _matches_term(term: NodeSelectorTerm, node: ObjectMeta) -> bool:
    """An empty term matches no node."""
    if not term.match_expressions and not term.match_fields:
        return False
    fields = {"metadata.name": node.name}
    return _all(_label, term.match_expressions, node.labels) and _all(
        _field, term.match_fields, fields
    )


def _all(
    holds: Callable[[NodeSelectorRequirement, Mapping[str, str]], bool],
    clauses: Sequence[NodeSelectorRequirement],
    there: Mapping[str, str],
) -> bool:
    return all(holds(clause, there) for clause in clauses)


def _label(clause: NodeSelectorRequirement, labels: Mapping[str, str]) -> bool:
    operator = _OPERATORS.get(clause.operator)
    if operator is None or not all(map(_is_label_value, clause.values)):
        return False  # upstream drops the whole term: newNodeSelectorTerm's parse errors
    if operator in ("gt", "lt") and not _is_number(clause.values):
        return False
    return Requirement(clause.key, operator, frozenset(clause.values)).matches(labels)


@lru_cache(maxsize=1024)
def _is_label_value(text: str) -> bool:
    """validateLabelValue of k8s.io/apimachinery/pkg/labels/selector.go."""
    if len(text) > 63 or not text.isascii():
        return False
    inner = text.translate(_MARKS)
    return not text or (inner.isalnum() and text[0].isalnum() and text[-1].isalnum())


def _is_number(values: Sequence[str]) -> bool:
    """One number; a minus makes it no label's value, and no node matches."""
    return len(values) == 1 and values[0].isascii() and values[0].isdigit()


def _field(clause: NodeSelectorRequirement, fields: Mapping[str, str]) -> bool:
    equal = fields.get(clause.key, "") in clause.values
    return equal if clause.operator == "In" else clause.operator == "NotIn" and not equal

"""Which nodes a pod insists on, by nodeSelector and required node affinity."""

from collections.abc import Callable, Mapping, Sequence

from kubectl_fieldkit.objects.affinity import (
    NodeSelector,
    NodeSelectorRequirement,
    NodeSelectorTerm,
)
from kubectl_fieldkit.objects.meta import ObjectMeta
from kubectl_fieldkit.objects.pod import PodSpec
from kubectl_fieldkit.selectors import Requirement

_OPERATORS = {
    "In": "in",
    "NotIn": "notin",
    "Exists": "exists",
    "DoesNotExist": "absent",
    "Gt": "gt",
    "Lt": "lt",
}


def selects(spec: PodSpec, node: ObjectMeta) -> bool:
    """Whether the pod may be on the node as far as nodeSelector and required affinity go.

    Mirrors RequiredNodeAffinity.Match of
    k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go.
    """
    labels, required = node.labels, spec.affinity.node_affinity.required
    if any(labels.get(key) != value for key, value in spec.node_selector.items()):
        return False
    return required is None or _matches_any(required, node)


def _matches_any(selector: NodeSelector, node: ObjectMeta) -> bool:
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
    if operator is None or (operator in ("gt", "lt") and not _is_number(clause.values)):
        return False
    return Requirement(clause.key, operator, frozenset(clause.values)).matches(labels)


def _is_number(values: Sequence[str]) -> bool:
    """One number; a minus makes it no label's value, and no node matches."""
    return len(values) == 1 and values[0].isascii() and values[0].isdigit()


def _field(clause: NodeSelectorRequirement, fields: Mapping[str, str]) -> bool:
    equal = fields.get(clause.key, "") in clause.values
    return equal if clause.operator == "In" else clause.operator == "NotIn" and not equal

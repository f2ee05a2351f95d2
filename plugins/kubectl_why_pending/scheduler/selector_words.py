"""What a node selector wants and what a node has, in words."""

from collections.abc import Sequence

from kubectl_fieldkit.objects.affinity import NodeSelectorRequirement, NodeSelectorTerm
from kubectl_why_pending.scheduler.node_info import NodeInfo


def there(key: str, node: NodeInfo) -> str:
    """The node's label, or that it has none."""
    return f"has {key}={node.labels[key]}" if key in node.labels else f"has no {key}"


def terms_in_words(terms: Sequence[NodeSelectorTerm], node: NodeInfo) -> str:
    """Terms are alternatives."""
    words = " or ".join(_term(term, node) for term in terms)
    return words or "wants a node selector term, and has none"


def _term(term: NodeSelectorTerm, node: NodeInfo) -> str:
    clauses = [
        f"{_clause(clause)} ({there(clause.key, node)})" for clause in term.match_expressions
    ]
    clauses += [_clause(clause) for clause in term.match_fields]
    return "wants " + (" and ".join(clauses) or "nothing at all, which no node matches")


def _clause(clause: NodeSelectorRequirement) -> str:
    return f"{clause.key} {clause.operator} [{', '.join(clause.values)}]".removesuffix(" []")

"""Aliases written out: what two entries share, each gets for itself, so that one can change."""

from kubectl_fieldkit.kubeconfig.layout.events import read_nodes
from kubectl_fieldkit.kubeconfig.layout.node import Node
from kubectl_fieldkit.kubeconfig.layout.writing import scalar


def unshared(text: str) -> str:
    """The text with every alias replaced by what it stands for, in flow style; the rest as it was."""
    root = read_nodes(text)
    if root is None:
        return text
    anchors: dict[str, Node] = {}
    replaced: list[tuple[Node, str]] = []
    for node in root.walk():
        if node.kind == "alias":
            replaced.append((node, _flow(text, anchors[node.text], anchors)))
        elif node.anchor:
            anchors[node.anchor] = node
    for node, value in reversed(replaced):
        text = text[: node.start] + value + text[node.end :]
    return text


def _flow(text: str, node: Node, anchors: dict[str, Node]) -> str:
    if node.kind == "alias":
        return _flow(text, anchors[node.text], anchors)
    if node.kind == "mapping":
        pairs = (
            f"{_flow(text, key, anchors)}: {_flow(text, value, anchors)}"
            for key, value in node.pairs
        )
        return "{" + ", ".join(pairs) + "}"
    if node.kind == "sequence":
        return "[" + ", ".join(_flow(text, item, anchors) for item in node.items) + "]"
    if node.plain and not set(node.text) & set(",[]{}"):
        return node.text
    return scalar(node.text, '"')

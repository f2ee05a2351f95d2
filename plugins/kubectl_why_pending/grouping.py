"""Nodes that are refused for the same causes, told once: nearest to fitting first."""

from collections.abc import Sequence

from kubectl_fieldkit.natural import natural_key
from kubectl_why_pending.items import NodeItem
from kubectl_why_pending.scheduler.filter import Failure

RESOURCES = "NodeResourcesFit"  # its details are numbers, other for each node


class NodeGroup:
    """Nodes with one cause, by natural order of their names; `failures` are those of the first."""

    def __init__(self, nodes: Sequence[NodeItem]) -> None:
        self.nodes = sorted(nodes, key=lambda node: natural_key(node.name))
        self.failures = self.nodes[0].failures
        self.resolvable = self.nodes[0].resolvable


def group(nodes: Sequence[NodeItem]) -> list[NodeGroup]:
    """The groups: fewest failures first, then those where a pod that goes would help, then the largest."""
    by_cause: dict[tuple[object, ...], list[NodeItem]] = {}
    for node in nodes:
        cause: tuple[object, ...] = tuple(map(_cause, node.failures))
        cause = cause or (node.filter, *node.reasons)
        by_cause.setdefault(cause, []).append(node)
    groups = [NodeGroup(members) for members in by_cause.values()]
    return sorted(groups, key=_nearness)


def _cause(failure: Failure) -> tuple[str, str, str]:
    detail = "" if failure.filter == RESOURCES else failure.detail
    return failure.filter, failure.reason, detail


def _nearness(of: NodeGroup) -> tuple[int, bool, int]:
    return len(of.failures) or 99, not of.resolvable, -len(of.nodes)

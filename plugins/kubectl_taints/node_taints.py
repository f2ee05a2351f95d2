"""The decision for a node: its taints with their origin, its cordon, and what becomes of its pods."""

from collections.abc import Sequence
from datetime import datetime

from kubectl_fieldkit.envelope import Document
from kubectl_fieldkit.objects.node import Node, Taint
from kubectl_fieldkit.objects.pod import Pod
from kubectl_taints.cordon import compare, is_cordoned
from kubectl_taints.sentences import explain
from kubectl_taints.setters import SetBy, last_writer, who_set
from kubectl_taints.standing import PodStanding, order, stand


class NodeTaint(Document, frozen=True):
    """One taint. `present_since` is a bound: the taint is there at least since then."""

    key: str
    value: str
    effect: str
    time_added: datetime | None
    present_since: datetime | None
    set_by: SetBy
    meaning: str


class NodeTaints(Document, frozen=True):
    """A node. `pods` is null where they were not asked for, or could not be read."""

    name: str
    ready: str
    cordoned: bool
    cordon: str
    taints: list[NodeTaint]
    pods: list[PodStanding] | None


class TaintGroup(Document, frozen=True):
    """Nodes that carry exactly the same taints."""

    taints: list[str]
    nodes: list[str]


def judge(node: Node, pods: Sequence[Pod] | None) -> NodeTaints:
    """What keeps pods off the node, and what becomes of those on it."""
    standings = None
    if pods is not None:
        writer = last_writer(node)
        written = writer.time if writer else None
        standings = sorted((stand(pod, node.spec.taints, written) for pod in pods), key=order)
    return NodeTaints(
        name=node.metadata.name,
        ready=next((c.status for c in node.status.conditions if c.type == "Ready"), ""),
        cordoned=is_cordoned(node),
        cordon=compare(node),
        taints=[_taint(taint, node) for taint in sorted(node.spec.taints, key=_by_key)],
        pods=standings,
    )


def _taint(taint: Taint, node: Node) -> NodeTaint:
    writer = last_writer(node)
    return NodeTaint(
        key=taint.key,
        value=taint.value,
        effect=taint.effect,
        time_added=taint.time_added,
        present_since=taint.time_added or (writer.time if writer else None),
        set_by=who_set(taint, node),
        meaning=explain(taint),
    )


def group_by_taints(nodes: Sequence[Node]) -> list[TaintGroup]:
    """The nodes by equal sets of taints, the largest group first."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for node in nodes:
        taints = tuple(sorted(str(taint) for taint in node.spec.taints))
        groups.setdefault(taints, []).append(node.metadata.name)
    found = [
        TaintGroup(taints=list(taints), nodes=sorted(names)) for taints, names in groups.items()
    ]
    return sorted(found, key=lambda group: (-len(group.nodes), group.taints))


def _by_key(taint: Taint) -> tuple[str, str]:
    return taint.key, taint.effect

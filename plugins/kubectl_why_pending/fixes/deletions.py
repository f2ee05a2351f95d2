"""Pods of a node that would have to go: the dearest of all changes."""

from collections.abc import Sequence
from shlex import quote

from kubectl_why_pending.fixes import costs
from kubectl_why_pending.fixes.change import DELETION, Change
from kubectl_why_pending.scheduler.cycle import run_filters
from kubectl_why_pending.scheduler.filter import Filter, SchedulerError
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo

COMES_BACK = ("DaemonSet", "Node")  # to this very node, whoever else waits for it
MOST = 3


def deletions(pod: PodInfo, node: NodeInfo, filters: Sequence[Filter]) -> list[Change]:
    """As few as will do, of lesser or equal priority, the least and smallest first; none where none will do."""
    may_go = [other for other in node.pods if _may_go(other, pod)]
    may_go.sort(key=lambda other: (other.priority, _size(other, node), other.key))
    for other in may_go:
        if _helps([other], node, filters):
            return [_delete(other)]
    largest = sorted(may_go, key=lambda other: (other.priority, -_size(other, node)))[:MOST]
    if len(largest) < 2 or not _helps(largest, node, filters):
        return []
    for other in reversed(largest):
        rest = [each for each in largest if each is not other]
        if _helps(rest, node, filters):
            largest = rest
    return [_delete(other) for other in largest]


def _may_go(other: PodInfo, pod: PodInfo) -> bool:
    meta = other.pod.metadata
    if meta.annotations.mirror or meta.deletion_timestamp is not None:
        return False
    made_by = {owner.kind for owner in meta.owner_references}
    return other.priority <= pod.priority and not made_by.intersection(COMES_BACK)


def _size(pod: PodInfo, node: NodeInfo) -> float:
    """Its share of the node."""
    parts = ((amount, node.allocatable.get(name, 0)) for name, amount in pod.requests.items())
    return max((amount / whole for amount, whole in parts if whole), default=0)


def _helps(gone: Sequence[PodInfo], node: NodeInfo, filters: Sequence[Filter]) -> bool:
    left = [other for other in node.pods if other not in gone]
    emptier, changed = NodeInfo(node.node, left), [plugin.clone() for plugin in filters]
    for other in gone:
        for plugin in changed:
            plugin.remove_pod(other, emptier)
    try:
        return run_filters(changed, emptier) is None
    except SchedulerError:
        return False


def _delete(other: PodInfo) -> Change:
    meta = other.pod.metadata
    owner = next((each for each in meta.owner_references if each.controller), None)
    risk = f"{other.key} ends, and nothing makes it again"
    if owner:
        risk = (
            f"{other.key} ends; its {owner.kind} makes another, which may take the room again"
            " unless it is scaled down"
        )
    return Change(
        "Pod",
        meta.namespace,
        meta.name,
        f"delete pod {other.key}",
        (DELETION,),
        "delete pod",
        costs.DELETION,
        risk,
        f"kubectl delete pod {quote(meta.name)} -n {quote(meta.namespace)}",
    )

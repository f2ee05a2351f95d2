"""Looks for the smallest changes, node by node from the nearest, and proves each."""

from collections.abc import Iterator, Sequence
from itertools import islice, product

from kubectl_why_pending.fixes import of_node, of_pod
from kubectl_why_pending.fixes.change import Change, Fix, patched
from kubectl_why_pending.objects.node import Node
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.cycle import Verdict, schedule
from kubectl_why_pending.scheduler.filter import Filter, SchedulerError
from kubectl_why_pending.scheduler.filters.node_resources_fit import NodeResourcesFit
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo, waiting

MOST_CHANGES = 3
SHOWN = 5
NODES_TRIED = 12  # groups of nodes with equal causes, the nearest first
COMBINATIONS = 8  # of one node's options
TRIALS = 60  # cycles in all

Options = list[Change]


def find(pod: PodInfo, cluster: Cluster, verdict: Verdict) -> list[Fix]:
    """At most five fixes, the cheapest first; none for a pod that fits, or where PreFilter ended the cycle."""
    if verdict.fits or verdict.error or verdict.prepared.rejection or verdict.prepared.unknown:
        return []
    fixes: list[Fix] = []
    trials = Trials(pod, cluster)
    for changes in _candidates(pod, cluster, verdict):
        if trials.left <= 0:
            break
        covered = any({c.key for c in fix.changes} <= {c.key for c in changes} for fix in fixes)
        if not covered and (nodes := trials.proven(changes)):
            fixes.append(Fix(tuple(changes), nodes))
    return sorted(fixes, key=lambda fix: (len(fix.changes), fix.cost))[:SHOWN]


class Trials:
    """Runs the cycle with changes made, so often and no more."""

    def __init__(self, pod: PodInfo, cluster: Cluster) -> None:
        self.pod, self.cluster = pod, cluster
        self.left = TRIALS

    def proven(self, changes: Sequence[Change]) -> tuple[str, ...]:
        """The nodes that the pod fits with all of the changes, if it fits none without any one of them."""
        nodes = self._fits(changes)
        if not nodes:
            return ()
        for left_out in changes if len(changes) > 1 else ():
            if self._fits([change for change in changes if change is not left_out]):
                return ()
        return nodes

    def _fits(self, changes: Sequence[Change]) -> tuple[str, ...]:
        self.left -= 1
        pod, cluster = self.pod.pod, self.cluster
        try:
            for change in changes:
                if change.kind == "Pod":
                    pod = patched(pod, change.patch)
                else:
                    before = cluster.nodes.get(change.name)
                    cluster = cluster.with_node(
                        patched(before.node if before else Node(), change.patch)
                    )
        except (ValueError, LookupError):
            return ()  # two edits of one place
        verdict = schedule(waiting(pod), cluster)
        return tuple(sorted(verdict.fits))


def _candidates(pod: PodInfo, cluster: Cluster, verdict: Verdict) -> Iterator[list[Change]]:
    """Sets of changes by rising number and cost, from the nodes that are nearest to fitting."""
    sets: dict[frozenset[tuple[str, str, str]], list[Change]] = {}
    for node in islice(_nearest(verdict, cluster), NODES_TRIED):
        causes = list(_causes(pod, node, verdict))
        if len(causes) > MOST_CHANGES or not all(causes):
            continue
        for combination in islice(product(*causes), COMBINATIONS):
            changes = list({change.key: change for change in combination}.values())
            sets.setdefault(frozenset(change.key for change in changes), changes)
    for change in _new_nodes(cluster, verdict):
        sets.setdefault(frozenset((change.key,)), [change])
    yield from sorted(sets.values(), key=lambda c: (len(c), sum(change.cost for change in c)))


def _nearest(verdict: Verdict, cluster: Cluster) -> Iterator[NodeInfo]:
    """One node of each group of equal refusals, those that fewest filters refuse first."""
    groups: dict[tuple[object, ...], tuple[int, float, NodeInfo]] = {}
    for name in verdict.rejections:
        node = cluster.nodes[name]
        refusing = [p for p in verdict.prepared.filters if _refuses(p, node)]
        lack = _lack(refusing, node)
        taints = tuple(map(str, node.node.spec.taints))
        key = (tuple(plugin.NAME for plugin in refusing), taints)
        if key not in groups or lack < groups[key][1]:
            groups[key] = (len(refusing), lack, node)
    for _, _, node in sorted(groups.values(), key=lambda found: (found[0], found[1])):
        yield node


def _refuses(plugin: Filter, node: NodeInfo) -> bool:
    """A filter that fails on a node lets nothing go there either."""
    try:
        return plugin.filter(node) is not None
    except SchedulerError:
        return True


def _lack(refusing: Sequence[object], node: NodeInfo) -> float:
    """How much of what is wanted is missing, for nodes that are full."""
    fit = [plugin for plugin in refusing if isinstance(plugin, NodeResourcesFit)]
    return sum((s.wanted - s.free) / s.wanted for plugin in fit for s in plugin.shortages(node))


def _causes(pod: PodInfo, node: NodeInfo, verdict: Verdict) -> Iterator[Options]:
    """For each filter that refuses the node: the changes of which one would satisfy it, maybe none."""
    for plugin in verdict.prepared.filters:
        if not _refuses(plugin, node):
            continue
        if isinstance(plugin, NodeResourcesFit):
            yield _some(of_pod.lower_requests(pod.pod, list(plugin.shortages(node))))
        else:
            yield _options(plugin.NAME, pod, node)


def _options(name: str, pod: PodInfo, node: NodeInfo) -> Options:
    spec, labels = pod.pod, node.labels
    match name:
        case "NodeUnschedulable":
            return [of_node.uncordon(node.node)]
        case "TaintToleration":
            taints = of_node.refusing_taints(spec, node.node)
            removed = of_node.remove_taint(node.node, taints[0]) if len(taints) == 1 else None
            return _some(of_pod.tolerate(spec, taints), removed)
        case "NodeAffinity":
            relabelled = [
                of_node.label(node.node, wanted) for wanted in of_node.labels_wanted(spec)
            ]
            dropped = of_pod.drop_node_selector(spec, labels), of_pod.drop_node_affinity(spec)
            return _some(*dropped, *relabelled)
        case "NodePorts":
            return [of_pod.drop_host_ports(spec)]
        case "PodTopologySpread":
            return list(of_pod.relax_spread(spec))
        case "InterPodAffinity":
            return list(of_pod.drop_pod_affinity(spec))
        case _:
            return []


def _some(*changes: Change | None) -> Options:
    return [change for change in changes if change is not None]


def _new_nodes(cluster: Cluster, verdict: Verdict) -> Iterator[Change]:
    """Another of a node that is only full: of each size and set of labels once."""
    seen = set()
    for name, rejection in verdict.rejections.items():
        node = cluster.nodes[name]
        kind = (tuple(sorted(node.allocatable.items())), tuple(map(str, node.node.spec.taints)))
        if rejection.resolvable and rejection.filter == NodeResourcesFit.NAME and kind not in seen:
            seen.add(kind)
            yield of_node.add_node_like(node.node)

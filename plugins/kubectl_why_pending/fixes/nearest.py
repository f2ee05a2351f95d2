"""The nodes that come nearest to taking the pod, one of each group of equal causes."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kubectl_why_pending.fixes.situation import Situation
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cycle import Prepared
from kubectl_why_pending.scheduler.filter import Filter, SchedulerError
from kubectl_why_pending.scheduler.filters.node_resources_fit import NodeResourcesFit
from kubectl_why_pending.scheduler.node_info import NodeInfo


class Refused(Struct, frozen=True):
    """A node with the filters that refuse it, and how much it lacks of what is wanted."""

    node: NodeInfo
    refusing: tuple[Filter, ...]
    lack: float


def nearest(situation: Situation, prepared: Prepared) -> list[Refused]:
    """Those that fewest filters refuse first, and among them those that lack least."""
    groups: dict[tuple[object, ...], Refused] = {}
    keys = sorted(_labels_asked(situation.pod.pod))
    for node in situation.cluster.nodes.values():
        found = refused_on(node, prepared)
        if not found.refusing:
            continue  # nominated pods alone keep it
        group = _group(found, keys)
        if group not in groups or found.lack < groups[group].lack:
            groups[group] = found
    return sorted(groups.values(), key=lambda each: (len(each.refusing), each.lack))


def refused_on(node: NodeInfo, prepared: Prepared) -> Refused:
    """The node with those of the filters that refuse it; maybe none do."""
    refusing = tuple(plugin for plugin in prepared.filters if _refuses(plugin, node))
    return Refused(node, refusing, _lack(refusing, node))


def _group(found: Refused, keys: Sequence[str]) -> tuple[object, ...]:
    """What must be equal for one fix to be as good on the one node as on the other."""
    names = tuple(plugin.NAME for plugin in found.refusing)
    taints = tuple(map(str, found.node.node.spec.taints)) if "TaintToleration" in names else ()
    there = found.node.labels
    labels = tuple(map(there.get, keys)) if "NodeAffinity" in names else ()
    return names, taints, labels


def _labels_asked(pod: Pod) -> Iterator[str]:
    yield from pod.spec.node_selector
    required = pod.spec.affinity.node_affinity.required
    for term in required.node_selector_terms if required else ():
        yield from (clause.key for clause in term.match_expressions)


def _refuses(plugin: Filter, node: NodeInfo) -> bool:
    """A filter that fails on a node lets nothing go there either."""
    try:
        return plugin.filter(node) is not None
    except SchedulerError:
        return True


def _lack(refusing: Sequence[Filter], node: NodeInfo) -> float:
    """How much of what is wanted is missing, for nodes that are full."""
    fit = [plugin for plugin in refusing if isinstance(plugin, NodeResourcesFit)]
    return sum((s.wanted - s.free) / s.wanted for plugin in fit for s in plugin.shortages(node))

"""For what refuses a node, or ends the cycle before any: the changes of which one would satisfy it."""

from collections.abc import Iterable

from kubectl_why_pending.fixes import of_node, of_pod, placement
from kubectl_why_pending.fixes.change import Change
from kubectl_why_pending.fixes.deletions import deletions
from kubectl_why_pending.fixes.requests import lower_requests
from kubectl_why_pending.fixes.situation import Situation
from kubectl_why_pending.scheduler.filter import Filter, Rejection
from kubectl_why_pending.scheduler.filters.node_resources_fit import NodeResourcesFit
from kubectl_why_pending.scheduler.node_info import NodeInfo

Options = list[Change]

OCCUPANCY = ("NodePorts", "NodeResourcesFit", "NodeVolumeLimits", "InterPodAffinity")
OF_CLAIMS = ("VolumeRestrictions", "NodeVolumeLimits", "VolumeBinding", "VolumeZone")


def options_of(plugin: Filter, situation: Situation, node: NodeInfo) -> Options | None:
    """What would satisfy the filter on the node, the cheapest first; None where another's change does."""
    options = list(_edits_for(plugin, situation, node))
    if plugin.NAME == "TaintToleration" and not of_node.refusing_taints(
        situation.pod.pod, node.node
    ):
        return None  # the cordon's, which goes with it
    if plugin.NAME in OCCUPANCY:
        gone = deletions(situation.pod, node, [plugin])
        options += gone if len(gone) == 1 else []
    return options


def _edits_for(plugin: Filter, situation: Situation, node: NodeInfo) -> Iterable[Change]:
    pod = situation.pod.pod
    if isinstance(plugin, NodeResourcesFit):
        return _some([lower_requests(pod, list(plugin.shortages(node)))])
    match plugin.NAME:
        case "NodeUnschedulable":
            return [of_node.uncordon(node.node)]
        case "TaintToleration":
            taints = of_node.refusing_taints(pod, node.node)
            return _some([of_pod.tolerate(pod, taints), of_node.remove_taints(node.node, taints)])
        case "NodeAffinity":
            wanted = of_node.labels_wanted(pod, node.node)
            labels = [of_node.label(node.node, each) for each in wanted]
            return _some([placement.choose(pod, node.node), *labels])
        case "NodePorts":
            return _some([of_pod.drop_host_ports(pod, node)])
        case "VolumeBinding":
            from kubectl_why_pending.fixes import of_claims

            return of_claims.local_volumes(pod, node, situation.cluster)
        case "PodTopologySpread":
            return of_pod.relax_spread(pod)
        case "InterPodAffinity":
            return of_pod.relax_pod_affinity(pod)
        case _:
            return ()


def before_any_node(rejection: Rejection, situation: Situation) -> Options:
    """What would let a cycle go on that PreFilter ended."""
    if rejection.filter in OF_CLAIMS:
        from kubectl_why_pending.fixes import of_claims

        return list(of_claims.usable_claims(situation.pod.pod, situation.cluster))
    if rejection.filter in ("", "NodeAffinity"):
        return _some([placement.choose_any(situation.pod.pod)])
    return []


def _some(changes: Iterable[Change | None]) -> Options:
    return [change for change in changes if change is not None]

"""What the DaemonSet controller makes of its template: tolerations, and one node for each pod.

Mirrors pkg/controller/daemon/util/daemonset_util.go.
"""

from msgspec.structs import replace

from kubectl_fieldkit.objects.affinity import (
    NodeSelector,
    NodeSelectorRequirement,
    NodeSelectorTerm,
)
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import NO_EXECUTE, NO_SCHEDULE
from kubectl_why_pending.objects.pod import Pod

PREFIX = "node.kubernetes.io/"
TOLERATED = (
    ("not-ready", NO_EXECUTE),
    ("unreachable", NO_EXECUTE),
    ("disk-pressure", NO_SCHEDULE),
    ("memory-pressure", NO_SCHEDULE),
    ("pid-pressure", NO_SCHEDULE),
    ("unschedulable", NO_SCHEDULE),
)
OF_THE_HOST = ("network-unavailable", NO_SCHEDULE)


def with_daemon_tolerations(pod: Pod) -> Pod:
    """The pod as AddOrUpdateDaemonPodTolerations leaves it: it stays on a node in trouble."""
    tolerations = pod.spec.tolerations
    for name, effect in (*TOLERATED, *((OF_THE_HOST,) if pod.spec.host_network else ())):
        wanted = Toleration(key=PREFIX + name, operator="Exists", effect=effect)
        tolerations = _with(tolerations, wanted)
    return replace(pod, spec=replace(pod.spec, tolerations=tolerations))


def _with(tolerations: list[Toleration], wanted: Toleration) -> list[Toleration]:
    """The one of the same key, operator, value and effect is replaced, however long it lasts."""
    if wanted in tolerations:
        return tolerations
    same = [replace(one, toleration_seconds=None) == wanted for one in tolerations]
    if not any(same):
        return [*tolerations, wanted]
    return [wanted if is_same else one for one, is_same in zip(tolerations, same, strict=True)]


def pinned(pod: Pod, node: str) -> Pod:
    """The pod that is made for that node: ReplaceDaemonSetPodNodeNameNodeAffinity."""
    field = NodeSelectorRequirement(key="metadata.name", operator="In", values=[node])
    selector = NodeSelector(node_selector_terms=[NodeSelectorTerm(match_fields=[field])])
    affinity = pod.spec.affinity
    pinned_affinity = replace(
        affinity, node_affinity=replace(affinity.node_affinity, required=selector)
    )
    meta = replace(pod.metadata, name=f"{pod.metadata.name}-{node}")
    return replace(pod, metadata=meta, spec=replace(pod.spec, affinity=pinned_affinity))

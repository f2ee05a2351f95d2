"""The nodes that a DaemonSet makes no pod for: it looks itself, and says nothing of them."""

from collections.abc import Iterable

from kubectl_fieldkit.node_affinity import selects
from kubectl_fieldkit.tolerations import untolerated
from kubectl_why_pending.admission.daemon import with_daemon_tolerations
from kubectl_why_pending.objects.node import Node
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.workload import DaemonSet


def left_out(daemon: DaemonSet, nodes: Iterable[Node]) -> dict[str, str]:
    """Why, by the node's name: NodeShouldRunDaemonPod of pkg/controller/daemon/daemon_controller.go."""
    pod = with_daemon_tolerations(Pod(spec=daemon.spec.template.spec))
    return {node.metadata.name: cause for node in nodes if (cause := _cause(pod, node))}


def _cause(pod: Pod, node: Node) -> str:
    wanted = pod.spec.node_name
    if wanted and wanted != node.metadata.name:
        return f"its template names the node {wanted}"
    if not selects(pod.spec, node.metadata):
        return "its nodeSelector or node affinity does not match"
    taints = untolerated(node.spec.taints, pod.spec.tolerations)
    if not taints:
        return ""
    taint = taints[0]
    value = f"={taint.value}" if taint.value else ""
    return f"it does not tolerate {taint.key}{value}:{taint.effect}"

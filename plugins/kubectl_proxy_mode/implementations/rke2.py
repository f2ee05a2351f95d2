"""RKE2: kube-proxy is a static pod, unless `--disable-kube-proxy`; on Windows a process of its own."""

from collections.abc import Sequence

from kubectl_proxy_mode.implementations.claim import Embedded, OfNode
from kubectl_proxy_mode.implementations.k3s import disabled, is_disabled
from kubectl_proxy_mode.implementations.landscape import DOCUMENTED
from kubectl_proxy_mode.objects.node import Node

NAME, ANNOTATION = "rke2", "rke2.io/node-args"
WINDOWS = "RKE2 runs kube-proxy as a process on Windows"
NOTES = (f"RKE2 is {DOCUMENTED}",)


def judge(nodes: Sequence[Node]) -> OfNode:
    """What is said of a node of RKE2; a static pod speaks for itself, and then this says nothing."""
    off = next((n for n in nodes if is_disabled(n.metadata.annotations.rke2_args)), None)

    def of_node(node: Node) -> Embedded | None:
        version = node.status.node_info.kubelet_version
        if "+rke2" not in version:
            return None
        if off:
            return disabled(NAME, ANNOTATION, off)
        process = Embedded(NAME, WINDOWS, "kernelspace", "inferred", version, NOTES)
        return process if node.windows else None

    return of_node

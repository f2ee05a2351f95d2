"""MicroK8s: kube-proxy runs inside kubelite, and its flags are in a file on the node."""

from collections.abc import Sequence

from kubectl_proxy_mode.implementations.claim import Embedded, OfNode
from kubectl_proxy_mode.implementations.landscape import DOCUMENTED
from kubectl_proxy_mode.objects.node import Node

NAME, LABEL = "microk8s", "microk8s.io/cluster"
NOTES = (
    "its flags are in /var/snap/microk8s/current/args/kube-proxy on the node, not in the API",
    f"MicroK8s is {DOCUMENTED}",
)


def judge(_nodes: Sequence[Node]) -> OfNode:
    """What is said of a node of MicroK8s: that its mode cannot be known from here."""

    def of_node(node: Node) -> Embedded | None:
        if LABEL not in node.metadata.labels:
            return None
        version = node.status.node_info.kubelet_version
        return Embedded(NAME, f"node label {LABEL}", "", "unknown", version, NOTES)

    return of_node

"""EKS Auto Mode and Fargate: kube-proxy is a part of the machine, neither pod nor add-on."""

from collections.abc import Sequence

from kubectl_proxy_mode.implementations.claim import Embedded, OfNode
from kubectl_proxy_mode.implementations.landscape import DOCUMENTED
from kubectl_proxy_mode.objects.node import Node

LABEL = "eks.amazonaws.com/compute-type"
KINDS = {"auto": "eks-auto-mode", "fargate": "eks-fargate"}
NOTES = (
    "AWS runs kube-proxy on the machine itself: nothing in the API says how",
    f"this compute type is {DOCUMENTED}",
)


def judge(_nodes: Sequence[Node]) -> OfNode:
    """What is said of a node of these compute types: that its mode cannot be known from here."""

    def of_node(node: Node) -> Embedded | None:
        kind = node.metadata.labels.get(LABEL, "")
        if kind not in KINDS:
            return None
        version = node.status.node_info.kubelet_version
        return Embedded(KINDS[kind], f"node label {LABEL}={kind}", "", "unknown", version, NOTES)

    return of_node

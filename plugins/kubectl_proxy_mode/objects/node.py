"""core/v1 Node: its system, its kernel, its kubelet, and the arguments that k3s and RKE2 leave on it."""

from collections.abc import Mapping
from typing import Any

from msgspec import field, structs

from kubectl_fieldkit.objects.meta import Annotations, Kube, KubeObject, ObjectMeta
from kubectl_fieldkit.objects.resource import Resource
from kubectl_proxy_mode.objects.flags import kept_node_args


class NodeAnnotations(Annotations, frozen=True):
    """The command line of k3s or RKE2 (a JSON list), of which only the proxy's flags are kept."""

    k3s_args: str = field(name="k3s.io/node-args", default="")
    rke2_args: str = field(name="rke2.io/node-args", default="")

    def __post_init__(self) -> None:
        """Forgets all flags that nobody reads: they may be secret."""
        structs.force_setattr(self, "k3s_args", kept_node_args(self.k3s_args))
        structs.force_setattr(self, "rke2_args", kept_node_args(self.rke2_args))


class NodeMeta(ObjectMeta, frozen=True):
    """A node's metadata."""

    annotations: NodeAnnotations = NodeAnnotations()


class NodeInfo(Kube, frozen=True):
    """What the kubelet says of the machine."""

    kubelet_version: str = ""
    kernel_version: str = ""
    operating_system: str = ""
    os_image: str = ""


class NodeStatus(Kube, frozen=True):
    """What a node says of itself."""

    node_info: NodeInfo = NodeInfo()


class Node(KubeObject, frozen=True):
    """A machine that runs pods."""

    metadata: NodeMeta = NodeMeta()
    status: NodeStatus = NodeStatus()

    @property
    def windows(self) -> bool:
        """Whether it runs Windows, where kernelspace is the only mode."""
        return self.status.node_info.operating_system == "windows"


OS = "kubernetes.io/os"  # the kubelet sets it to its nodeInfo's operatingSystem


def _node_of_row(cells: Mapping[str, Any], node: Node) -> Node:
    """The node of a row, in which the server prints what is unknown as `<unknown>`."""
    told = [cells[name] for name in ("Version", "Kernel-Version", "OS-Image")]
    kubelet, kernel, image = ("" if text == "<unknown>" else str(text) for text in told)
    system = node.metadata.labels.get(OS) or ("windows" if image.startswith("Windows") else "linux")
    info = NodeInfo(kubelet, kernel, system if kubelet else "", image)
    return Node(metadata=node.metadata, status=NodeStatus(info))


NODES = Resource("", "v1", "nodes", "Node", False, Node, row=_node_of_row)

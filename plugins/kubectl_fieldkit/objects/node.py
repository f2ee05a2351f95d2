"""core/v1 Node: its taints, its cordon, its conditions."""

from datetime import datetime

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource


class Taint(Kube):
    """core/v1 Taint; `str()` is kubectl's spelling, `key=value:effect` or `key:effect`."""

    key: str
    effect: str = ""
    value: str = ""
    time_added: datetime | None = None

    def __str__(self) -> str:
        value = f"={self.value}" if self.value else ""
        return f"{self.key}{value}:{self.effect}" if self.effect else f"{self.key}{value}"


class NodeSpec(Kube):
    """What a node is told: `unschedulable` is the cordon."""

    taints: list[Taint] = []
    unschedulable: bool = False


class NodeCondition(Kube):
    """One condition; `status` is True, False or Unknown."""

    type: str
    status: str = ""
    reason: str = ""
    last_transition_time: datetime | None = None


class NodeStatus(Kube):
    """What a node says of itself."""

    conditions: list[NodeCondition] = []


class Node(KubeObject):
    """A machine that runs pods."""

    spec: NodeSpec = NodeSpec()
    status: NodeStatus = NodeStatus()


NODES = Resource("", "v1", "nodes", "Node", False, Node)

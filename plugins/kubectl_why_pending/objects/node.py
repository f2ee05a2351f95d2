"""core/v1 Node: what it has to give, and to whom."""

from datetime import datetime

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.resource import Resource


class NodeSpec(Kube, frozen=True):
    """What a node is told: `unschedulable` is the cordon."""

    taints: list[Taint] = []
    unschedulable: bool = False


class NodeCondition(Kube, frozen=True):
    """One condition; `status` is True, False or Unknown."""

    type: str
    status: str = ""
    reason: str = ""
    message: str = ""
    last_heartbeat_time: datetime | None = None
    last_transition_time: datetime | None = None


class NodeStatus(Kube, frozen=True):
    """What a node says of itself."""

    allocatable: dict[str, str | float] = {}
    conditions: list[NodeCondition] = []
    declared_features: list[str] = []


class Node(KubeObject, frozen=True):
    """A machine that runs pods."""

    spec: NodeSpec = NodeSpec()
    status: NodeStatus = NodeStatus()


NODES = Resource("", "v1", "nodes", "Node", False, Node)

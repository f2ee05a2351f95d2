"""core/v1 Node: its taints, its cordon, its conditions."""

from datetime import datetime
from typing import Any

from msgspec import field

from kubectl_fieldkit.objects.meta import Kube, KubeObject, ObjectMeta
from kubectl_fieldkit.objects.resource import Resource


class Taint(Kube, frozen=True):
    """core/v1 Taint; `str()` is kubectl's spelling, `key=value:effect` or `key:effect`."""

    key: str
    effect: str = ""
    value: str = ""
    time_added: datetime | None = None

    def __str__(self) -> str:
        value = f"={self.value}" if self.value else ""
        return f"{self.key}{value}:{self.effect}" if self.effect else f"{self.key}{value}"


class ManagedSpec(Kube, frozen=True):
    """The parts of a node's spec that one field manager wrote last; present or absent is all."""

    taints: dict[str, Any] | None = field(name="f:taints", default=None)
    unschedulable: dict[str, Any] | None = field(name="f:unschedulable", default=None)


class ManagedNodeFields(Kube, frozen=True):
    """The root of a node's FieldsV1."""

    spec: ManagedSpec = field(name="f:spec", default=ManagedSpec())


class ManagedFields(Kube, frozen=True):
    """Which program wrote which fields of a node last, and when."""

    manager: str = ""
    time: datetime | None = None
    fields_v1: ManagedNodeFields = field(name="fieldsV1", default=ManagedNodeFields())


class NodeMeta(ObjectMeta, frozen=True):
    """A node's metadata, with the writers of its spec."""

    managed_fields: list[ManagedFields] = []


class NodeSpec(Kube, frozen=True):
    """What a node is told: `unschedulable` is the cordon."""

    taints: list[Taint] = []
    unschedulable: bool = False


class NodeCondition(Kube, frozen=True):
    """One condition; `status` is True, False or Unknown."""

    type: str
    status: str = ""
    reason: str = ""
    last_transition_time: datetime | None = None


class NodeStatus(Kube, frozen=True):
    """What a node says of itself."""

    conditions: list[NodeCondition] = []


class Node(KubeObject, frozen=True):
    """A machine that runs pods."""

    metadata: NodeMeta = NodeMeta()
    spec: NodeSpec = NodeSpec()
    status: NodeStatus = NodeStatus()


NODES = Resource("", "v1", "nodes", "Node", False, Node)

"""What was read of a cluster, and how what could not be read is told from what is not there."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from kubectl_fieldkit.node_affinity import selects
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.reading import Request
from kubectl_proxy_mode.objects.daemonset import DaemonSet
from kubectl_proxy_mode.objects.node import Node
from kubectl_proxy_mode.objects.pod import Pod

T = TypeVar("T", bound=KubeObject)


class Seen(Struct, frozen=True):
    """Nodes, all DaemonSets, kube-proxy's pods, and what was asked for besides; None is unknown."""

    nodes: Sequence[Node]
    daemonsets: Sequence[DaemonSet] | None
    pods: Sequence[Pod] | None
    objects: Mapping[Request[Any], Sequence[Any] | None] = {}

    def list(self, request: Request[T]) -> Sequence[T] | None:
        """The objects of a request, none where they are not there; None where they are unknown."""
        return self.objects.get(request)

    def one(self, request: Request[T]) -> T | None:
        """The object of a request by name; None where it is not there or unknown."""
        return next(iter(self.list(request) or ()), None)

    def is_unknown(self, request: Request[Any]) -> bool:
        """Whether it was asked for and could not be read."""
        return request in self.objects and self.objects[request] is None


def is_meant_for(daemonset: DaemonSet, node: Node) -> bool:
    """Whether the DaemonSet's pods may be on the node, as far as node selector and affinity go."""
    return selects(daemonset.spec.template.spec, node.metadata)

"""A node as the scheduler's cache keeps it: with its pods, and the sum of what they hold."""

from collections.abc import Iterable
from typing import Self

from kubectl_why_pending.objects.node import Node
from kubectl_why_pending.scheduler.pod_info import HostPort, PodInfo, host_port
from kubectl_why_pending.scheduler.requests import Amounts, allocatable


class NodeInfo:
    """Mirrors NodeInfo of pkg/scheduler/framework/types.go; a copy can be changed to try things out."""

    __slots__ = ("_ports", "allocatable", "labels", "name", "node", "pods", "requested")

    def __init__(self, node: Node, pods: Iterable[PodInfo] = ()) -> None:
        self.node = node
        self.name = node.metadata.name
        self.labels = node.metadata.labels
        self.allocatable: Amounts = allocatable(node.status.allocatable)
        self.requested: Amounts = {}
        self.pods: list[PodInfo] = []
        self._ports: set[HostPort] | None = None
        for pod in pods:
            self.add(pod)

    def add(self, pod: PodInfo) -> None:
        """One more pod on the node."""
        self.pods.append(pod)
        if self._ports is not None:
            self._ports.update(map(host_port, pod.host_ports))
        requested = self.requested
        for name, amount in pod.requests.items():
            requested[name] = requested.get(name, 0) + amount

    def remove(self, pod: PodInfo) -> None:
        """One pod less; it must be there."""
        if pod.host_ports:
            self.ports.difference_update(map(host_port, pod.host_ports))
        self.pods.remove(pod)
        for name, amount in pod.requests.items():
            self.requested[name] -= amount

    def copy(self) -> Self:
        """The same node, to be changed."""
        other = object.__new__(type(self))
        other.node, other.name, other.labels = self.node, self.name, self.labels
        other.allocatable = self.allocatable
        other.requested, other.pods = dict(self.requested), list(self.pods)
        other._ports = None if self._ports is None else set(self._ports)
        return other

    @property
    def ports(self) -> set[HostPort]:
        """The host ports that are taken: a set, as upstream's, so that one pod less frees its ports at once."""
        if self._ports is None:
            self._ports = {host_port(port) for pod in self.pods for port in pod.host_ports}
        return self._ports

    def free(self, resource: str) -> int:
        """What is left of a resource; less than nothing where more was given away than is there."""
        return self.allocatable.get(resource, 0) - self.requested.get(resource, 0)

"""NodePorts: a port of the node itself can be taken once."""

from collections.abc import Sequence
from typing import Self

from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import EVERY_ADDRESS, HostPort, PodInfo, host_port


class NodePorts(Filter):
    """pkg/scheduler/framework/plugins/nodeports/node_ports.go."""

    NAME = "NodePorts"
    REFUSED = Rejection(
        NAME, ("node(s) didn't have free ports for the requested pod ports",), resolvable=True
    )

    def __init__(self, wanted: Sequence[HostPort]) -> None:
        self.wanted = wanted

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | None:
        """Skipped without host ports."""
        return cls([host_port(port) for port in pod.host_ports]) if pod.host_ports else None

    def filter(self, node: NodeInfo) -> Rejection | None:
        """Whether a wanted port is taken."""
        taken = node.ports
        if not taken or not any(_conflict(port, other) for port in self.wanted for other in taken):
            return None
        return self.REFUSED

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Each wanted port that is taken, and by whom."""
        reason = self.REFUSED.reasons[0]
        return tuple(
            Failure(self.NAME, reason, f"port {_named(port)} is held by pod {pod.key}")
            for port in self.wanted
            for pod in node.pods
            if any(_conflict(port, host_port(taken)) for taken in pod.host_ports)
        )


def _named(port: HostPort) -> str:
    address, protocol, number = port
    return f"{number}/{protocol}" if address == EVERY_ADDRESS else f"{address}:{number}/{protocol}"


def _conflict(one: HostPort, other: HostPort) -> bool:
    """CheckConflict of HostPortInfo: every address is in conflict with each."""
    return one[1:] == other[1:] and (one[0] == other[0] or EVERY_ADDRESS in (one[0], other[0]))

"""NodeName: a pod that names a node goes to no other."""

from typing import Self

from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo


class NodeName(Filter):
    """pkg/scheduler/framework/plugins/nodename/node_name.go.

    Never seen in a live cluster: a pod with spec.nodeName is not in the queue.
    """

    NAME = "NodeName"
    REFUSED = Rejection(NAME, ("node(s) didn't match the requested node name",))

    def __init__(self, name: str) -> None:
        self.wanted = name

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | None:
        """Skipped without spec.nodeName."""
        return cls(pod.pod.spec.node_name) if pod.pod.spec.node_name else None

    def filter(self, node: NodeInfo) -> Rejection | None:
        """Whether it is another node."""
        return None if node.name == self.wanted else self.REFUSED

"""NodeUnschedulable: a cordoned node takes no pod that does not tolerate the cordon."""

from typing import Self

from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.tolerations import NO_SCHEDULE, find_toleration
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo

CORDON = Taint("node.kubernetes.io/unschedulable", NO_SCHEDULE)


class NodeUnschedulable(Filter):
    """pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go."""

    NAME = "NodeUnschedulable"
    REFUSED = Rejection(NAME, ("node(s) were unschedulable",))

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | None:
        """Skipped for a pod that tolerates the cordon, as every DaemonSet's does."""
        return None if find_toleration(pod.pod.spec.tolerations, CORDON) else cls()

    def filter(self, node: NodeInfo) -> Rejection | None:
        """Whether the node is cordoned."""
        return self.REFUSED if node.node.spec.unschedulable else None

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """The cordon by the name that operators give it."""
        if self.filter(node) is None:
            return ()
        return (Failure(self.NAME, self.REFUSED.reasons[0], "cordoned (spec.unschedulable)"),)

"""TaintToleration: a taint that the pod does not tolerate keeps it off."""

from collections.abc import Sequence
from typing import Self

from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import untolerated
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo

CONDITIONS = {
    "node.kubernetes.io/not-ready": "Ready",
    "node.kubernetes.io/unreachable": "Ready",
    "node.kubernetes.io/memory-pressure": "MemoryPressure",
    "node.kubernetes.io/disk-pressure": "DiskPressure",
    "node.kubernetes.io/pid-pressure": "PIDPressure",
    "node.kubernetes.io/network-unavailable": "NetworkUnavailable",
}  # what the node lifecycle controller sets each of these taints for, and takes it away again


class TaintToleration(Filter):
    """pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go.

    Since 1.34.2 the reason names no taint: taints may be sensitive.
    """

    NAME = "TaintToleration"
    REFUSED = Rejection(NAME, ("node(s) had untolerated taint(s)",))

    def __init__(self, tolerations: Sequence[Toleration], is_named: bool) -> None:
        self.tolerations = tolerations
        self.is_named = is_named

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self:
        """Never skipped."""
        return cls(pod.pod.spec.tolerations, (cluster.minor, cluster.patch) < (34, 2))

    def filter(self, node: NodeInfo) -> Rejection | None:
        """Whether there is an untolerated taint."""
        taints = node.node.spec.taints
        if not taints or not (refusing := untolerated(taints, self.tolerations)):
            return None
        if not self.is_named:
            return self.REFUSED
        return Rejection(self.NAME, (_with_taint(refusing[0]),))

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Each untolerated taint, since each must be dealt with."""
        rejection = self.filter(node)
        if rejection is None:
            return ()
        taints = untolerated(node.node.spec.taints, self.tolerations)
        return tuple(
            Failure(self.NAME, rejection.reasons[0], f"taint {taint}{_cause(taint, node)}")
            for taint in taints
        )


def _cause(taint: Taint, node: NodeInfo) -> str:
    """The condition of the node that is to mend, for a taint that a controller sets for one."""
    wanted = CONDITIONS.get(taint.key)
    condition = next((c for c in node.node.status.conditions if c.type == wanted), None)
    if condition is None:
        return ""
    said = ": ".join(filter(None, (condition.reason, condition.message)))
    return f", set while its condition {condition.type} is {condition.status}" + (
        f" ({said})" if said else ""
    )


def _with_taint(taint: Taint) -> str:
    """Up to 1.34.1 the first taint was named."""
    return f"node(s) had untolerated taint {{{taint.key}: {taint.value}}}"

"""NodeDeclaredFeatures: a node must have declared what the pod needs of its kubelet."""

from collections.abc import Callable
from typing import Self

from kubectl_why_pending.objects.pod import PodSpec
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo

RESTART_ALL = "RestartAllContainers"
SINCE = 36  # where its gate is on by default


def _restarts_all_containers(spec: PodSpec) -> bool:
    containers = (*spec.containers, *spec.init_containers)
    return any(rule.action == RESTART_ALL for c in containers for rule in c.restart_policy_rules)


def _maps_users_on_host_network(spec: PodSpec) -> bool:
    return spec.host_network and spec.host_users is False


def _has_bind_mount_options(spec: PodSpec) -> bool:
    containers = (*spec.containers, *spec.init_containers)
    return any(mount.bind_mount_options for c in containers for mount in c.volume_mounts)


# by name: the minor version whose scheduler asks for it first, and whether a pod needs it
FEATURES: dict[str, tuple[int, Callable[[PodSpec], bool]]] = {
    "RestartAllContainersOnContainerExits": (36, _restarts_all_containers),
    "UserNamespacesHostNetworkSupport": (36, _maps_users_on_host_network),
    "VolumeBindMountOptions": (37, _has_bind_mount_options),
}


class NodeDeclaredFeatures(Filter):
    """pkg/scheduler/framework/plugins/nodedeclaredfeatures/nodedeclaredfeatures.go.

    The features are those of k8s.io/component-helpers/nodedeclaredfeatures/features that it infers for
    scheduling; all others are about changes to pods that run.
    """

    NAME = "NodeDeclaredFeatures"
    REFUSED = Rejection(NAME, ("node(s) didn't match Pod's required features",))

    def __init__(self, needed: frozenset[str]) -> None:
        self.needed = needed

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | None:
        """Skipped for a pod that needs none, which is nearly every pod."""
        spec, minor = pod.pod.spec, cluster.minor
        if minor < SINCE:
            return None
        needed = {
            name for name, (since, needs) in FEATURES.items() if minor >= since and needs(spec)
        }
        return cls(frozenset(needed)) if needed else None

    def filter(self, node: NodeInfo) -> Rejection | None:
        """Whether one is missing."""
        declared = node.node.status.declared_features
        return None if self.needed.issubset(declared) else self.REFUSED

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Which are missing."""
        declared = node.node.status.declared_features
        missing = sorted(self.needed.difference(declared))
        if not missing:
            return ()
        there = ", ".join(declared) or "none"
        detail = f"needs {', '.join(missing)}; the node declares {there}"
        return (Failure(self.NAME, self.REFUSED.reasons[0], detail),)

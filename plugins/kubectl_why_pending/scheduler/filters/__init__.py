"""The filter plugins of the default profile, in its order: apis/config/v1/default_plugins.go."""

from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Filter
from kubectl_why_pending.scheduler.filters.node_affinity import NodeAffinity
from kubectl_why_pending.scheduler.filters.node_declared_features import NodeDeclaredFeatures
from kubectl_why_pending.scheduler.filters.node_name import NodeName
from kubectl_why_pending.scheduler.filters.node_ports import NodePorts
from kubectl_why_pending.scheduler.filters.node_resources_fit import NodeResourcesFit
from kubectl_why_pending.scheduler.filters.node_unschedulable import NodeUnschedulable
from kubectl_why_pending.scheduler.filters.taint_toleration import TaintToleration
from kubectl_why_pending.scheduler.pod_info import PodInfo

Filters = tuple[type[Filter], ...]

OF_NODES: Filters = (
    NodeUnschedulable,
    NodeName,
    TaintToleration,
    NodeAffinity,
    NodePorts,
    NodeResourcesFit,
)


def filters_for(pod: PodInfo, cluster: Cluster) -> Filters:
    """Those that may have something to say; the larger ones that would skip the pod are not even loaded."""
    return (
        *OF_NODES,
        *_of_volumes(pod),
        *_of_spread(pod),
        *_of_other_pods(pod, cluster),
        *_of_devices(pod),
        NodeDeclaredFeatures,
    )


def _of_volumes(pod: PodInfo) -> Filters:
    if not any(volume.can_refuse for volume in pod.pod.spec.volumes):
        return ()
    from kubectl_why_pending.scheduler.filters.node_volume_limits import NodeVolumeLimits
    from kubectl_why_pending.scheduler.filters.volume_binding import VolumeBinding
    from kubectl_why_pending.scheduler.filters.volume_restrictions import VolumeRestrictions
    from kubectl_why_pending.scheduler.filters.volume_zone import VolumeZone

    return VolumeRestrictions, NodeVolumeLimits, VolumeBinding, VolumeZone


def _of_spread(pod: PodInfo) -> Filters:
    if not pod.pod.spec.topology_spread_constraints:
        return ()
    from kubectl_why_pending.scheduler.filters.pod_topology_spread import PodTopologySpread

    return (PodTopologySpread,)


def _of_other_pods(pod: PodInfo, cluster: Cluster) -> Filters:
    own = pod.affinity_terms or pod.anti_affinity_terms
    if not (own or cluster.avoiding or cluster.is_namespace_selected):
        return ()
    from kubectl_why_pending.scheduler.filters.inter_pod_affinity import InterPodAffinity

    return (InterPodAffinity,)


def _of_devices(pod: PodInfo) -> Filters:
    """For claims, or a resource that a DeviceClass may stand behind."""
    if not (pod.pod.spec.resource_claims or any("/" in name for name in pod.requests)):
        return ()
    from kubectl_why_pending.scheduler.filters.dynamic_resources import DynamicResources

    return (DynamicResources,)

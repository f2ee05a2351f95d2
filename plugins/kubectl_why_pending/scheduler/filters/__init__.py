"""The filter plugins of the default profile, in its order: apis/config/v1/default_plugins.go."""

from kubectl_why_pending.scheduler.filter import Filter
from kubectl_why_pending.scheduler.filters.dynamic_resources import DynamicResources
from kubectl_why_pending.scheduler.filters.inter_pod_affinity import InterPodAffinity
from kubectl_why_pending.scheduler.filters.node_affinity import NodeAffinity
from kubectl_why_pending.scheduler.filters.node_declared_features import NodeDeclaredFeatures
from kubectl_why_pending.scheduler.filters.node_name import NodeName
from kubectl_why_pending.scheduler.filters.node_ports import NodePorts
from kubectl_why_pending.scheduler.filters.node_resources_fit import NodeResourcesFit
from kubectl_why_pending.scheduler.filters.node_unschedulable import NodeUnschedulable
from kubectl_why_pending.scheduler.filters.node_volume_limits import NodeVolumeLimits
from kubectl_why_pending.scheduler.filters.pod_topology_spread import PodTopologySpread
from kubectl_why_pending.scheduler.filters.taint_toleration import TaintToleration
from kubectl_why_pending.scheduler.filters.volume_binding import VolumeBinding
from kubectl_why_pending.scheduler.filters.volume_restrictions import VolumeRestrictions
from kubectl_why_pending.scheduler.filters.volume_zone import VolumeZone

FILTERS: tuple[type[Filter], ...] = (
    NodeUnschedulable,
    NodeName,
    TaintToleration,
    NodeAffinity,
    NodePorts,
    NodeResourcesFit,
    VolumeRestrictions,
    NodeVolumeLimits,
    VolumeBinding,
    VolumeZone,
    PodTopologySpread,
    InterPodAffinity,
    DynamicResources,
    NodeDeclaredFeatures,
)

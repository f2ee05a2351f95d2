"""core/v1 affinity between pods, and topology spread: the required halves, which alone refuse a node."""

from msgspec import field

from kubectl_fieldkit.objects.affinity import NodeAffinity
from kubectl_fieldkit.objects.label_selector import LabelSelector
from kubectl_fieldkit.objects.meta import Kube


class PodAffinityTerm(Kube, frozen=True):
    """Which pods, of which namespaces, and how far is together; a missing selector is no pod."""

    label_selector: LabelSelector | None = None
    namespaces: list[str] = []
    namespace_selector: LabelSelector | None = None
    topology_key: str = ""
    match_label_keys: list[str] = []
    mismatch_label_keys: list[str] = []


class PodAffinity(Kube, frozen=True):
    """Terms that must all hold; preferences are not read."""

    required: list[PodAffinityTerm] = field(
        name="requiredDuringSchedulingIgnoredDuringExecution", default=[]
    )


NO_NODE_AFFINITY = NodeAffinity()
NO_POD_AFFINITY = PodAffinity()


class Affinity(Kube, frozen=True):
    """Nodes that a pod insists on, pods that it must join, pods that it must avoid."""

    node_affinity: NodeAffinity = NO_NODE_AFFINITY
    pod_affinity: PodAffinity = NO_POD_AFFINITY
    pod_anti_affinity: PodAffinity = NO_POD_AFFINITY


NO_AFFINITY = Affinity()


class TopologySpreadConstraint(Kube, frozen=True):
    """How unevenly the pods of a selector may lie over the values of a label of nodes."""

    max_skew: int = 1
    topology_key: str = ""
    when_unsatisfiable: str = ""
    label_selector: LabelSelector | None = None
    min_domains: int | None = None
    node_affinity_policy: str = "Honor"
    node_taints_policy: str = "Ignore"
    match_label_keys: list[str] = []

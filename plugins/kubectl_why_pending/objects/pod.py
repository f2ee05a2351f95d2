"""core/v1 Pod: what it asks of a node, and how far it has come."""

from datetime import datetime
from typing import Any

from msgspec import field

from kubectl_fieldkit.objects.meta import Kube, KubeObject, ObjectMeta
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.affinity import NO_AFFINITY, Affinity, TopologySpreadConstraint
from kubectl_why_pending.objects.volume import Volume

Quantities = dict[str, str | float]


class PodMeta(ObjectMeta, frozen=True):
    """A pod's metadata; the uid tells it from a former pod of its name."""

    uid: str = ""
    generate_name: str = ""
    finalizers: list[str] = []
    deletion_grace_period_seconds: int | None = None


class Requirements(Kube, frozen=True):
    """What is requested and what it may use at most, by resource."""

    requests: Quantities = {}
    limits: Quantities = {}


NO_REQUIREMENTS = Requirements()


class Port(Kube, frozen=True):
    """A port of a container; `host_port` is taken of the node itself."""

    host_port: int = 0
    container_port: int = 0
    protocol: str = ""
    host_ip: str = field(name="hostIP", default="")


class VolumeMount(Kube, frozen=True):
    """Where a volume is mounted, as far as a node must have a feature for it."""

    name: str = ""
    bind_mount_options: Any = None


class RestartRule(Kube, frozen=True):
    """What happens when the container exits so."""

    action: str = ""


class Container(Kube, frozen=True):
    """A container; an init container whose `restart_policy` is Always is a sidecar."""

    name: str = ""
    image: str = ""
    resources: Requirements = NO_REQUIREMENTS
    ports: list[Port] = []
    restart_policy: str = ""
    restart_policy_rules: list[RestartRule] = []
    volume_mounts: list[VolumeMount] = []


class SchedulingGate(Kube, frozen=True):
    """A name that somebody must take away before the pod is tried."""

    name: str = ""


class PodClaim(Kube, frozen=True):
    """A ResourceClaim that the pod uses, or the template that one is made from."""

    name: str = ""
    resource_claim_name: str = ""
    resource_claim_template_name: str = ""


class SchedulingGroup(Kube, frozen=True):
    """The PodGroup that the pod is scheduled with."""

    pod_group_name: str = ""


class PodSpec(Kube, frozen=True):
    """What a pod asks for; an empty `node_name` means that no node has it yet."""

    node_name: str = ""
    scheduler_name: str = ""
    priority: int | None = None
    priority_class_name: str = ""
    preemption_policy: str = ""
    runtime_class_name: str = ""
    service_account_name: str = ""
    active_deadline_seconds: int | None = None
    host_network: bool = False
    host_users: bool | None = None
    node_selector: dict[str, str] = {}
    affinity: Affinity = NO_AFFINITY
    tolerations: list[Toleration] = []
    containers: list[Container] = []
    init_containers: list[Container] = []
    overhead: Quantities = {}
    resources: Requirements = NO_REQUIREMENTS
    volumes: list[Volume] = []
    topology_spread_constraints: list[TopologySpreadConstraint] = []
    scheduling_gates: list[SchedulingGate] = []
    resource_claims: list[PodClaim] = []
    scheduling_group: SchedulingGroup | None = None


class Condition(Kube, frozen=True):
    """One condition; `status` is True, False or Unknown."""

    type: str = ""
    status: str = ""
    reason: str = ""
    message: str = ""
    last_transition_time: datetime | None = None


class Waiting(Kube, frozen=True):
    """Why a container is not running yet, in the kubelet's words."""

    reason: str = ""
    message: str = ""


class Terminated(Kube, frozen=True):
    """How a container ended."""

    reason: str = ""
    message: str = ""
    exit_code: int = 0


class ContainerState(Kube, frozen=True):
    """What a container does; one of these is there."""

    waiting: Waiting | None = None
    running: dict[str, Any] | None = None
    terminated: Terminated | None = None


NO_STATE = ContainerState()


class GivenResources(Kube, frozen=True):
    """What a container, or the pod, has been given; None where the kubelet does not say."""

    requests: Quantities | None = None


class ContainerStatus(Kube, frozen=True):
    """How far a container has come, and what it has now."""

    name: str = ""
    image: str = ""
    restart_count: int = 0
    ready: bool = False
    started: bool | None = None
    state: ContainerState = NO_STATE
    last_state: ContainerState = NO_STATE
    allocated_resources: Quantities | None = None
    resources: GivenResources | None = None


class ClaimStatus(Kube, frozen=True):
    """The ResourceClaim made for one of the pod's templates."""

    name: str = ""
    resource_claim_name: str | None = None


class PodStatus(Kube, frozen=True):
    """How far a pod has come."""

    phase: str = ""
    reason: str = ""
    message: str = ""
    nominated_node_name: str = ""
    start_time: datetime | None = None
    conditions: list[Condition] = []
    container_statuses: list[ContainerStatus] = []
    init_container_statuses: list[ContainerStatus] = []
    resource_claim_statuses: list[ClaimStatus] = []
    allocated_resources: Quantities | None = None
    resources: GivenResources | None = None


class Pod(KubeObject, frozen=True):
    """One or more containers on one node."""

    metadata: PodMeta = PodMeta()
    spec: PodSpec = PodSpec()
    status: PodStatus = PodStatus()

    @property
    def key(self) -> str:
        """NAMESPACE/NAME."""
        return f"{self.metadata.namespace}/{self.metadata.name}"


PODS = Resource(
    "",
    "v1",
    "pods",
    "Pod",
    True,
    Pod,
    (("spec.nodeName", lambda p: p.spec.node_name), ("status.phase", lambda p: p.status.phase)),
)

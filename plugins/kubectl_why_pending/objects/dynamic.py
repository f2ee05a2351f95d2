"""resource.k8s.io/v1: claims of devices, the classes they ask for, and the slices that drivers publish."""

from typing import Any

from msgspec import field

from kubectl_fieldkit.objects.affinity import NodeSelector
from kubectl_fieldkit.objects.meta import Annotations, Kube, KubeObject, ObjectMeta, OwnerReference
from kubectl_fieldkit.objects.resource import Resource


class Owner(OwnerReference, frozen=True):
    """Who made a claim; the uid tells it from a former one of its name."""

    uid: str = ""


class ClaimAnnotations(Annotations, frozen=True):
    """Says of a claim that the scheduler made it for a pod's extended resources."""

    extended: str = field(name="resource.kubernetes.io/extended-resource-claim", default="")


class ClaimMeta(ObjectMeta, frozen=True):
    """A claim's metadata."""

    uid: str = ""
    annotations: ClaimAnnotations = ClaimAnnotations()
    owner_references: list[Owner] = []  # type: ignore[assignment]  # frozen: nobody adds others


class CEL(Kube, frozen=True):
    """An expression over a device."""

    expression: str = ""


class DeviceSelector(Kube, frozen=True):
    """A device must satisfy it."""

    cel: CEL | None = None


class SubRequest(Kube, frozen=True):
    """Devices of one class: so many, or all that there are; the parts of type Any are only known to be there."""

    name: str = ""
    device_class_name: str = ""
    selectors: list[DeviceSelector] = []
    allocation_mode: str = ""
    count: int = 0
    admin_access: bool | None = None
    capacity: Any = None
    derived_attributes: Any = None


class DeviceRequest(Kube, frozen=True):
    """Exactly this, or the first of several that can be had."""

    name: str = ""
    exactly: SubRequest | None = None
    first_available: list[SubRequest] = []


class DeviceRequests(Kube, frozen=True):
    """What a claim asks for, all of it at once; constraints relate the devices to each other."""

    requests: list[DeviceRequest] = []
    constraints: list[Any] = []


class ResourceClaimSpec(Kube, frozen=True):
    """What a claim asks for."""

    devices: DeviceRequests = DeviceRequests()


class DeviceResult(Kube, frozen=True):
    """A device that a claim has."""

    driver: str = ""
    pool: str = ""
    device: str = ""
    admin_access: bool | None = None
    share_id: str | None = field(name="shareID", default=None)
    binding_conditions: list[str] = []
    skip_node_operations: list[str] = []


class DeviceResults(Kube, frozen=True):
    """The devices that a claim has."""

    results: list[DeviceResult] = []


class Allocation(Kube, frozen=True):
    """The devices that a claim has, and the nodes that can reach them."""

    devices: DeviceResults = DeviceResults()
    node_selector: NodeSelector | None = None


class Consumer(Kube, frozen=True):
    """Who a claim is reserved for."""

    resource: str = ""
    name: str = ""
    uid: str = ""


class ResourceClaimStatus(Kube, frozen=True):
    """How far a claim has come."""

    allocation: Allocation | None = None
    reserved_for: list[Consumer] = []


class ResourceClaim(KubeObject, frozen=True):
    """What is asked for in devices."""

    metadata: ClaimMeta = ClaimMeta()
    spec: ResourceClaimSpec = ResourceClaimSpec()
    status: ResourceClaimStatus = ResourceClaimStatus()

    @property
    def key(self) -> str:
        """NAMESPACE/NAME."""
        return f"{self.metadata.namespace}/{self.metadata.name}"


class DeviceClassSpec(Kube, frozen=True):
    """Which devices are of the class, and the extended resource that it stands behind, if any."""

    selectors: list[DeviceSelector] = []
    extended_resource_name: str = ""


class DeviceClass(KubeObject, frozen=True):
    """A kind of device."""

    spec: DeviceClassSpec = DeviceClassSpec()


class DeviceTaint(Kube, frozen=True):
    """Keeps claims away that do not tolerate it."""

    effect: str = ""


class Device(Kube, frozen=True):
    """One device, as far as rules look at it; the parts of type Any are only known to be there."""

    name: str = ""
    node_name: str = ""
    node_selector: NodeSelector | None = None
    all_nodes: bool = False
    taints: list[DeviceTaint] = []
    consumes_counters: list[Any] = []
    binding_conditions: list[str] = []
    allow_multiple_allocations: bool = False


class Pool(Kube, frozen=True):
    """The pool that a slice is a part of: only slices of its newest generation count, all of them together."""

    name: str = ""
    generation: int = 0
    resource_slice_count: int = 0


class ResourceSliceSpec(Kube, frozen=True):
    """Devices of one pool, and the nodes that can reach them."""

    driver: str = ""
    pool: Pool = Pool()
    node_name: str = ""
    node_selector: NodeSelector | None = None
    all_nodes: bool = False
    per_device_node_selection: bool = False
    devices: list[Device] = []
    shared_counters: list[Any] = []


class ResourceSlice(KubeObject, frozen=True):
    """What a driver publishes of its devices."""

    spec: ResourceSliceSpec = ResourceSliceSpec()


class DeviceTaintRule(KubeObject, frozen=True):
    """Taints devices from outside; that there is one is all that is read."""


GROUP = "resource.k8s.io"
RESOURCE_CLAIMS = Resource(GROUP, "v1", "resourceclaims", "ResourceClaim", True, ResourceClaim)
DEVICE_CLASSES = Resource(GROUP, "v1", "deviceclasses", "DeviceClass", False, DeviceClass)
RESOURCE_SLICES = Resource(GROUP, "v1", "resourceslices", "ResourceSlice", False, ResourceSlice)
DEVICE_TAINT_RULES = Resource(
    GROUP, "v1", "devicetaintrules", "DeviceTaintRule", False, DeviceTaintRule
)

"""resource.k8s.io/v1: claims of devices, as far as they decide without the devices themselves."""

from typing import Any

from kubectl_fieldkit.objects.affinity import NodeSelector
from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource


class Allocation(Kube, frozen=True):
    """The devices that a claim has, and the nodes that can reach them."""

    node_selector: NodeSelector | None = None


class Consumer(Kube, frozen=True):
    """Who a claim is reserved for."""

    resource: str = ""
    name: str = ""
    uid: str = ""


class ClaimStatus(Kube, frozen=True):
    """How far a claim has come."""

    allocation: Allocation | None = None
    reserved_for: list[Consumer] = []


class ResourceClaim(KubeObject, frozen=True):
    """What is asked for in devices."""

    spec: dict[str, Any] = {}
    status: ClaimStatus = ClaimStatus()


class DeviceClassSpec(Kube, frozen=True):
    """The extended resource that the class stands behind, if any."""

    extended_resource_name: str = ""


class DeviceClass(KubeObject, frozen=True):
    """A kind of device."""

    spec: DeviceClassSpec = DeviceClassSpec()


RESOURCE_CLAIMS = Resource(
    "resource.k8s.io", "v1", "resourceclaims", "ResourceClaim", True, ResourceClaim
)
DEVICE_CLASSES = Resource(
    "resource.k8s.io", "v1", "deviceclasses", "DeviceClass", False, DeviceClass
)

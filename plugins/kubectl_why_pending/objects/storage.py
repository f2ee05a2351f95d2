"""Claims, volumes, classes and what nodes and drivers say of them."""

from typing import Any

from msgspec import field

from kubectl_fieldkit.objects.affinity import NodeSelector
from kubectl_fieldkit.objects.label_selector import LabelSelector
from kubectl_fieldkit.objects.meta import Kube, KubeObject, ObjectMeta, OwnerReference
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.volume import ISCSI, RBD, ClaimSpec, Disk


class StorageAnnotations(Kube, frozen=True):
    """The annotations by which the binder and the scheduler speak of a claim or a volume."""

    mirror: str = field(name="kubernetes.io/config.mirror", default="")
    bind_completed: str | None = field(name="pv.kubernetes.io/bind-completed", default=None)
    bound_by_controller: str | None = field(
        name="pv.kubernetes.io/bound-by-controller", default=None
    )
    selected_node: str | None = field(name="volume.kubernetes.io/selected-node", default=None)
    storage_class: str | None = field(name="volume.beta.kubernetes.io/storage-class", default=None)
    migrated_plugins: str = field(name="storage.alpha.kubernetes.io/migrated-plugins", default="")
    migrated_to: str | None = field(name="pv.kubernetes.io/migrated-to", default=None)


class Owner(OwnerReference, frozen=True):
    """Who made the object; the uid tells a pod from a former one of its name."""

    uid: str = ""


class StorageMeta(ObjectMeta, frozen=True):
    """Metadata with those annotations."""

    uid: str = ""
    owner_references: list[Owner] = []  # type: ignore[assignment]  # each with its uid
    annotations: StorageAnnotations = StorageAnnotations()  # type: ignore[assignment]  # more keys than any other kind's


class ClaimStatus(Kube, frozen=True):
    """Pending, Bound or Lost."""

    phase: str = ""


class Claim(KubeObject, frozen=True):
    """core/v1 PersistentVolumeClaim."""

    metadata: StorageMeta = StorageMeta()
    spec: ClaimSpec = ClaimSpec()
    status: ClaimStatus = ClaimStatus()


class ClaimReference(Kube, frozen=True):
    """The claim that a volume is for."""

    namespace: str = ""
    name: str = ""
    uid: str = ""


class VolumeNodeAffinity(Kube, frozen=True):
    """The nodes that can reach a volume."""

    required: NodeSelector | None = None


class CSISource(Kube, frozen=True):
    """A volume of a CSI driver."""

    driver: str = ""
    volume_handle: str = ""


class VolumeSpec(Kube, frozen=True):
    """What a PersistentVolume is, and for whom."""

    capacity: dict[str, str | float] = {}
    access_modes: list[str] = []
    claim_ref: ClaimReference | None = None
    node_affinity: VolumeNodeAffinity | None = None
    storage_class_name: str = ""
    volume_mode: str | None = None
    volume_attributes_class_name: str | None = None
    persistent_volume_reclaim_policy: str = ""
    csi: CSISource | None = None
    local: dict[str, Any] | None = None
    gce_persistent_disk: Disk | None = None
    aws_elastic_block_store: Disk | None = None
    azure_disk: Disk | None = None
    cinder: Disk | None = None
    portworx_volume: Disk | None = None
    rbd: RBD | None = None
    iscsi: ISCSI | None = None


class VolumeStatus(Kube, frozen=True):
    """Available, Bound, Released, Pending or Failed."""

    phase: str = ""


class Volume(KubeObject, frozen=True):
    """core/v1 PersistentVolume."""

    metadata: StorageMeta = StorageMeta()
    spec: VolumeSpec = VolumeSpec()
    status: VolumeStatus = VolumeStatus()


class TopologyRequirement(Kube, frozen=True):
    """A label and the values that it may have."""

    key: str = ""
    values: list[str] = []


class TopologyTerm(Kube, frozen=True):
    """Requirements that must all hold."""

    match_label_expressions: list[TopologyRequirement] = []


class StorageClassAnnotations(Kube, frozen=True):
    """Whether the class is the default one."""

    mirror: str = field(name="kubernetes.io/config.mirror", default="")
    is_default: str = field(name="storageclass.kubernetes.io/is-default-class", default="")


class StorageClassMeta(ObjectMeta, frozen=True):
    """Metadata with that annotation."""

    annotations: StorageClassAnnotations = StorageClassAnnotations()  # type: ignore[assignment]  # its own keys


class StorageClass(KubeObject, frozen=True):
    """storage.k8s.io/v1 StorageClass."""

    metadata: StorageClassMeta = StorageClassMeta()
    provisioner: str = ""
    volume_binding_mode: str | None = None
    allowed_topologies: list[TopologyTerm] = []
    reclaim_policy: str = ""


class Allocatable(Kube, frozen=True):
    """How many volumes a node can attach."""

    count: int | None = None


class NodeDriver(Kube, frozen=True):
    """A CSI driver as it runs on a node."""

    name: str = ""
    node_id: str = field(name="nodeID", default="")
    topology_keys: list[str] = []
    allocatable: Allocatable | None = None


class CSINodeSpec(Kube, frozen=True):
    """The drivers of a node."""

    drivers: list[NodeDriver] = []


class CSINode(KubeObject, frozen=True):
    """storage.k8s.io/v1 CSINode."""

    metadata: StorageMeta = StorageMeta()
    spec: CSINodeSpec = CSINodeSpec()


class CSIDriverSpec(Kube, frozen=True):
    """What a driver wants of the scheduler."""

    storage_capacity: bool = False
    attach_required: bool = True
    prevent_pod_scheduling_if_missing: bool | None = None


class CSIDriver(KubeObject, frozen=True):
    """storage.k8s.io/v1 CSIDriver."""

    spec: CSIDriverSpec = CSIDriverSpec()


class CSIStorageCapacity(KubeObject, frozen=True):
    """storage.k8s.io/v1 CSIStorageCapacity: how much a class has left for some nodes."""

    node_topology: LabelSelector | None = None
    storage_class_name: str = ""
    capacity: str | float | None = None
    maximum_volume_size: str | float | None = None


class AttachmentSource(Kube, frozen=True):
    """The volume that is attached."""

    persistent_volume_name: str | None = None
    inline_volume_spec: VolumeSpec | None = None


class VolumeAttachmentSpec(Kube, frozen=True):
    """What is attached where, by which driver."""

    attacher: str = ""
    node_name: str = ""
    source: AttachmentSource = AttachmentSource()


class VolumeAttachment(KubeObject, frozen=True):
    """storage.k8s.io/v1 VolumeAttachment."""

    spec: VolumeAttachmentSpec = VolumeAttachmentSpec()


CLAIMS = Resource("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", True, Claim)
VOLUMES = Resource("", "v1", "persistentvolumes", "PersistentVolume", False, Volume)
STORAGE_CLASSES = Resource(
    "storage.k8s.io", "v1", "storageclasses", "StorageClass", False, StorageClass
)
CSI_NODES = Resource("storage.k8s.io", "v1", "csinodes", "CSINode", False, CSINode)
CSI_DRIVERS = Resource("storage.k8s.io", "v1", "csidrivers", "CSIDriver", False, CSIDriver)
CSI_CAPACITIES = Resource(
    "storage.k8s.io",
    "v1",
    "csistoragecapacities",
    "CSIStorageCapacity",
    True,
    CSIStorageCapacity,
)
VOLUME_ATTACHMENTS = Resource(
    "storage.k8s.io", "v1", "volumeattachments", "VolumeAttachment", False, VolumeAttachment
)

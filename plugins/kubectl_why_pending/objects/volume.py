"""core/v1 Volume: the sources that bind a pod to nodes."""

from msgspec import field

from kubectl_fieldkit.objects.label_selector import LabelSelector
from kubectl_fieldkit.objects.meta import Kube


class ClaimSource(Kube, frozen=True):
    """A PersistentVolumeClaim of the pod's namespace."""

    claim_name: str = ""
    read_only: bool = False


class ClaimResources(Kube, frozen=True):
    """How much storage a claim asks for."""

    requests: dict[str, str | float] = {}


class ClaimSpec(Kube, frozen=True):
    """What a PersistentVolumeClaim asks for; `volume_name` is the volume that it is bound to."""

    access_modes: list[str] = []
    resources: ClaimResources = ClaimResources()
    selector: LabelSelector | None = None
    storage_class_name: str | None = None
    volume_mode: str | None = None
    volume_name: str = ""
    volume_attributes_class_name: str | None = None


class ClaimTemplate(Kube, frozen=True):
    """The claim that an ephemeral volume becomes."""

    spec: ClaimSpec = ClaimSpec()


class EphemeralSource(Kube, frozen=True):
    """A claim made for the pod alone, named POD-VOLUME."""

    volume_claim_template: ClaimTemplate | None = None


class Disk(Kube, frozen=True):
    """An in-tree disk; each kind names it in its own field."""

    pd_name: str = ""
    volume_id: str = field(name="volumeID", default="")
    disk_name: str = ""
    disk_uri: str = field(name="diskURI", default="")
    kind: str | None = None
    read_only: bool = False


class RBD(Kube, frozen=True):
    """A Ceph block device."""

    monitors: list[str] = []
    image: str = ""
    pool: str = ""
    read_only: bool = False


class ISCSI(Kube, frozen=True):
    """An iSCSI target."""

    iqn: str = ""
    lun: int = 0
    target_portal: str = ""
    read_only: bool = False


class Volume(Kube, frozen=True):
    """A volume of a pod; sources that any node can mount are not named."""

    name: str = ""
    persistent_volume_claim: ClaimSource | None = None
    ephemeral: EphemeralSource | None = None
    gce_persistent_disk: Disk | None = None
    aws_elastic_block_store: Disk | None = None
    azure_disk: Disk | None = None
    cinder: Disk | None = None
    portworx_volume: Disk | None = None
    rbd: RBD | None = None
    iscsi: ISCSI | None = None

    @property
    def is_attachable(self) -> bool:
        """Whether it is a claim, or a disk that a CSI driver attaches today."""
        return (
            self.persistent_volume_claim is not None
            or self.ephemeral is not None
            or self.gce_persistent_disk is not None
            or self.aws_elastic_block_store is not None
            or self.azure_disk is not None
            or self.cinder is not None
            or self.portworx_volume is not None
        )

    @property
    def can_refuse(self) -> bool:
        """Whether it can keep a pod off a node at all."""
        return self.is_attachable or self.rbd is not None or self.iscsi is not None

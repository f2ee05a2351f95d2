"""core/v1 Volume: of what kind each is; what is in it is not read."""

from msgspec import field
from msgspec.structs import fields

from kubectl_fieldkit.objects.meta import Kube


class Present(Kube, frozen=True):
    """A volume's source is there; nothing of it is kept."""


class HostPath(Kube, frozen=True):
    """The node's folder that the pod wants."""

    path: str = ""


class Volume(Kube, frozen=True):
    """A volume by its source, in the order in which upstream's restrictedVolumes looks."""

    name: str = ""
    config_map: Present | None = None
    csi: Present | None = None
    downward_api: Present | None = field(name="downwardAPI", default=None)
    empty_dir: Present | None = None
    ephemeral: Present | None = None
    image: Present | None = None
    persistent_volume_claim: Present | None = None
    projected: Present | None = None
    secret: Present | None = None
    host_path: HostPath | None = None
    gce_persistent_disk: Present | None = None
    aws_elastic_block_store: Present | None = None
    git_repo: Present | None = None
    nfs: Present | None = None
    iscsi: Present | None = None
    glusterfs: Present | None = None
    rbd: Present | None = None
    flex_volume: Present | None = None
    cinder: Present | None = None
    cephfs: Present | None = None
    flocker: Present | None = None
    fc: Present | None = None
    azure_file: Present | None = None
    vsphere_volume: Present | None = None
    quobyte: Present | None = None
    azure_disk: Present | None = None
    photon_persistent_disk: Present | None = None
    portworx_volume: Present | None = None
    scale_io: Present | None = field(name="scaleIO", default=None)
    storageos: Present | None = None

    @property
    def source(self) -> str:
        """The kind as manifests call it; empty where it is none of those that the API knows."""
        for attribute, name in _SOURCES:
            if getattr(self, attribute) is not None:
                return name
        return ""


_SOURCES = [(each.name, each.encode_name) for each in fields(Volume) if each.name != "name"]

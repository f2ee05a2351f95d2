"""Disks of former in-tree plugins, as the CSI drivers in their place name them: k8s.io/csi-translation-lib."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.objects.affinity import (
    NodeSelector,
    NodeSelectorRequirement,
    NodeSelectorTerm,
)
from kubectl_why_pending.objects import volume as inline
from kubectl_why_pending.objects.storage import Volume, VolumeSpec

ZONE, REGION = "topology.kubernetes.io/zone", "topology.kubernetes.io/region"
BETA_ZONE = "failure-domain.beta.kubernetes.io/zone"
BETA_REGION = "failure-domain.beta.kubernetes.io/region"
ZONE_MARK = "__"  # between the zones of one label
_UNKNOWN = "UNSPECIFIED"


class Untranslatable(Exception):
    """The disk has no CSI form; the text is upstream's."""


class InTreePlugin(Struct, frozen=True):
    """A plugin, the driver in its place, and the label by which that driver knows zones."""

    source: str
    name: str
    driver: str
    zone_key: str = ""


PLUGINS = (
    InTreePlugin(
        "gce_persistent_disk",
        "kubernetes.io/gce-pd",
        "pd.csi.storage.gke.io",
        "topology.gke.io/zone",
    ),
    InTreePlugin(
        "aws_elastic_block_store",
        "kubernetes.io/aws-ebs",
        "ebs.csi.aws.com",
        "topology.ebs.csi.aws.com/zone",
    ),
    InTreePlugin(
        "cinder",
        "kubernetes.io/cinder",
        "cinder.csi.openstack.org",
        "topology.cinder.csi.openstack.org/zone",
    ),
    InTreePlugin("azure_disk", "kubernetes.io/azure-disk", "disk.csi.azure.com"),
    InTreePlugin("portworx_volume", "kubernetes.io/portworx-volume", "pxd.portworx.com"),
)
NEVER_COUNTED = (
    "kubernetes.io/vsphere-volume",
    "kubernetes.io/azure-file",
)  # not in isCSIMigrationOn
DRIVERS: Mapping[str, str] = {plugin.name: plugin.driver for plugin in PLUGINS}


def plugin_of(source: inline.Volume | VolumeSpec) -> InTreePlugin | None:
    """The plugin that such a disk was mounted by; None for any other kind of volume."""
    for plugin in PLUGINS:
        if getattr(source, plugin.source) is not None:
            return plugin
    return None


def inline_handle(plugin: InTreePlugin, volume: inline.Volume) -> str:
    """The driver's name for a pod's own disk; raises Untranslatable."""
    return _handle(plugin, getattr(volume, plugin.source), "")


def volume_handle(plugin: InTreePlugin, volume: Volume) -> str:
    """The driver's name for a PersistentVolume's disk; raises Untranslatable."""
    labels = volume.metadata.labels
    zones = labels.get(BETA_ZONE) or labels.get(ZONE, "")
    return _handle(plugin, getattr(volume.spec, plugin.source), zones)


def _handle(plugin: InTreePlugin, disk: inline.Disk, zones: str) -> str:
    match plugin.source:
        case "gce_persistent_disk":
            return _gce_handle(disk.pd_name, zones)
        case "aws_elastic_block_store":
            return _ebs_handle(disk.volume_id)
        case "azure_disk":
            if (disk.kind or "managed").lower() != "managed":
                raise Untranslatable(f"kind({disk.kind}) is not supported in csi migration")
            return disk.disk_uri
        case _:
            return disk.volume_id


def _gce_handle(name: str, label: str) -> str:
    zones = label.split(ZONE_MARK)
    if len(zones) > 1:
        return f"projects/{_UNKNOWN}/regions/{_gce_region(zones)}/disks/{name}"
    return f"projects/{_UNKNOWN}/zones/{zones[0] or _UNKNOWN}/disks/{name}"


def _gce_region(zones: list[str]) -> str:
    """gceGetRegionFromZones."""
    failed = "failed to get region from zones: "
    regions: set[str] = set()
    for zone in zones:
        parts = zone.split("-")
        if len(parts) != 3:
            form = "zone in unexpected format, expected: {locale}-{region}-{zone}, got: "
            raise Untranslatable(f"{failed}{form}{zone}")
        regions.add("-".join(parts[:2]))
    if len(regions) != 1:
        got = " ".join(f"{region}:{{}}" for region in sorted(regions))
        raise Untranslatable(f"{failed}multiple or no regions gotten from zones, got: map[{got}]")
    return regions.pop()


def _ebs_handle(volume_id: str) -> str:
    """KubernetesVolumeIDToEBSVolumeID: `aws://ZONE/vol-…` or the bare id."""
    if not volume_id.startswith("aws://"):
        return volume_id
    found = volume_id.removeprefix("aws://").partition("/")[2].strip("/")
    if not found.startswith("vol-") or "/" in found:
        failed = "failed to translate Kubernetes ID to EBS Volume ID "
        raise Untranslatable(f"{failed}Invalid format for AWS volume ({volume_id})")
    return found


def csi_affinity(plugin: InTreePlugin, volume: Volume) -> NodeSelector | None:
    """The nodes that reach the disk once its driver has it; raises Untranslatable.

    Mirrors translateTopologyFromInTreeToCSI of plugins/in_tree_volume.go.
    """
    volume_handle(plugin, volume)
    affinity = volume.spec.node_affinity
    required = affinity.required if affinity else None
    if not plugin.zone_key:
        return required
    terms = list(required.node_selector_terms) if required else []
    zone, region = _topology_labels(terms, volume.metadata.labels)
    if _has_values(terms, zone):
        terms = _renamed(terms, zone, plugin.zone_key)
    elif zones := _zones(volume.metadata.labels.get(zone, "")):
        clause = NodeSelectorRequirement(plugin.zone_key, "In", zones)
        terms = [_with(term, clause) for term in terms or [NodeSelectorTerm()]]
    if region == BETA_REGION and _has_values(terms, region):
        terms = _renamed(terms, region, REGION)
    return NodeSelector(terms) if terms else required


def _topology_labels(terms: list[NodeSelectorTerm], labels: Mapping[str, str]) -> tuple[str, str]:
    """getTopologyLabel: whether the volume speaks of zones by today's labels or the beta ones."""
    keys = {clause.key for term in terms for clause in term.match_expressions}
    for place in (keys, labels):
        if ZONE in place:
            return ZONE, REGION
        if BETA_ZONE in place:
            return BETA_ZONE, BETA_REGION
    return ZONE, REGION


def _has_values(terms: list[NodeSelectorTerm], key: str) -> bool:
    return any(c.values for term in terms for c in term.match_expressions if c.key == key)


def _renamed(terms: list[NodeSelectorTerm], old: str, new: str) -> list[NodeSelectorTerm]:
    return [
        replace(
            term,
            match_expressions=[
                replace(clause, key=new) if clause.key == old else clause
                for clause in term.match_expressions
            ],
        )
        for term in terms
    ]


def _with(term: NodeSelectorTerm, clause: NodeSelectorRequirement) -> NodeSelectorTerm:
    return replace(term, match_expressions=[*term.match_expressions, clause])


def _zones(label: str) -> list[str]:
    return sorted({zone.strip() for zone in label.split(ZONE_MARK)} - {""})

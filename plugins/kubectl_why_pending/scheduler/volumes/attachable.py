"""The volumes of pods that a CSI driver attaches, by names that tell them apart: nodevolumelimits/csi.go."""

from functools import lru_cache

from msgspec import Struct

from kubectl_why_pending.objects import volume as inline
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.storage import VOLUME_ATTACHMENTS, VOLUMES, Claim
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.volumes.claims import (
    claim_uses,
    class_of,
    find_claim,
    not_owner,
)
from kubectl_why_pending.scheduler.volumes.in_tree import (
    DRIVERS,
    NEVER_COUNTED,
    Untranslatable,
    inline_handle,
    plugin_of,
    volume_handle,
)


class Attachable(Struct, frozen=True):
    """A volume that takes one of a driver's places on a node.

    A `migrated` one, a former in-tree disk, counts only on nodes that have a CSINode. With an `error` the
    scheduler fails on it.
    """

    driver: str = ""
    handle: str = ""
    migrated: bool = False
    error: str = ""

    @property
    def name(self) -> str:
        """getVolumeUniqueName."""
        return f"{self.driver}/{self.handle}"


class Attachables:
    """What the pods of one cluster attach; each pod is looked at once."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._of_pods: dict[str, tuple[Attachable, ...]] = {}
        self._attached: dict[str, dict[str, str]] | None = None

    def of(self, pod: Pod) -> tuple[Attachable, ...]:
        """Those of a pod; a claim that is not there counts for nothing."""
        key = pod.key
        found = self._of_pods.get(key)
        if found is None:
            found = self._of_pods[key] = self._find(pod) if pod.spec.volumes else ()
        return found

    def _find(self, pod: Pod) -> tuple[Attachable, ...]:
        found = [_of_disk(volume) for volume in pod.spec.volumes]
        for use in claim_uses(pod):
            claim = find_claim(self.cluster, pod, use.name)
            if claim is None:
                continue
            if use.ephemeral and (error := not_owner(claim, pod)):
                found.append(Attachable(error=error))
            else:
                found.append(self._of_claim(claim))
        return tuple(volume for volume in found if volume is not None)

    def _of_claim(self, claim: Claim) -> Attachable | None:
        """getCSIDriverInfo: by its volume, or by its class where the volume is not there yet."""
        name = claim.spec.volume_name
        volume = self.cluster.find(VOLUMES, name) if name else None
        if volume is None:
            return self._of_class(claim)
        if csi := volume.spec.csi:
            return Attachable(csi.driver, csi.volume_handle) if csi.volume_handle else None
        if (plugin := plugin_of(volume.spec)) is None:
            return None
        try:
            handle = volume_handle(plugin, volume)
        except Untranslatable:
            return None
        return Attachable(plugin.driver, handle, migrated=True) if handle else None

    def _of_class(self, claim: Claim) -> Attachable | None:
        """getCSIDriverInfoFromSC: a volume to be made is told apart by its claim."""
        made_by = class_of(self.cluster, claim)
        provisioner = made_by.provisioner if made_by else ""
        if not provisioner or provisioner in NEVER_COUNTED:
            return None
        handle = f"?-{claim.metadata.namespace}/{claim.metadata.name}"
        driver = DRIVERS.get(provisioner)
        return Attachable(driver or provisioner, handle, migrated=driver is not None)

    def attached(self, node: str) -> dict[str, str]:
        """Driver by volume, as VolumeAttachments tell; getNodeVolumeAttachmentInfo."""
        if self._attached is None:
            self._attached = {}
            for attachment in self.cluster.all(VOLUME_ATTACHMENTS):
                spec = attachment.spec
                named = spec.source.persistent_volume_name
                volume = self.cluster.find(VOLUMES, named) if spec.attacher and named else None
                if volume is not None and (csi := volume.spec.csi):
                    there = self._attached.setdefault(spec.node_name, {})
                    there[f"{spec.attacher}/{csi.volume_handle}"] = spec.attacher
        return self._attached.get(node, {})


def _of_disk(volume: inline.Volume) -> Attachable | None:
    """checkAttachableInlineVolume: a disk that the pod names itself."""
    plugin = plugin_of(volume)
    if plugin is None or volume.persistent_volume_claim or volume.ephemeral:
        return None
    try:
        return Attachable(plugin.driver, inline_handle(plugin, volume), migrated=True)
    except Untranslatable as err:
        text = f"converting volume({volume.name}) from inline to csi: {err}"
        return Attachable(migrated=True, error=text)


@lru_cache(maxsize=1)
def attachables(cluster: Cluster) -> Attachables:
    """Those of the cluster that is being asked about; the next pod finds them ready."""
    return Attachables(cluster)

"""Which claims a pod uses, and how a claim stands: component-helpers/storage/volume and /ephemeral."""

from collections.abc import Iterator

from msgspec import Struct

from kubectl_fieldkit.quantity import nanos
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.storage import CLAIMS, STORAGE_CLASSES, Claim, StorageClass, Volume
from kubectl_why_pending.scheduler.cluster import Cluster

READ_WRITE_ONCE_POD = "ReadWriteOncePod"
WAIT_FOR_FIRST_CONSUMER = "WaitForFirstConsumer"
NO_PROVISIONER = "kubernetes.io/no-provisioner"


class ClaimUse(Struct, frozen=True):
    """A claim that a pod mounts, by name; an `ephemeral` one is made for the pod alone."""

    name: str
    ephemeral: bool = False


def claim_uses(pod: Pod) -> Iterator[ClaimUse]:
    """Every volume of the pod that is a claim; ephemeral ones are named POD-VOLUME."""
    for volume in pod.spec.volumes:
        if volume.persistent_volume_claim is not None:
            yield ClaimUse(volume.persistent_volume_claim.claim_name)
        elif volume.ephemeral is not None:
            yield ClaimUse(f"{pod.metadata.name}-{volume.name}", ephemeral=True)


def claim_names(pod: Pod) -> list[str]:
    """The claims that the pod names itself; not the ephemeral ones."""
    return [
        volume.persistent_volume_claim.claim_name
        for volume in pod.spec.volumes
        if volume.persistent_volume_claim is not None
    ]


def find_claim(cluster: Cluster, pod: Pod, name: str) -> Claim | None:
    """The claim of that name in the pod's namespace."""
    return cluster.find(CLAIMS, name, pod.metadata.namespace)


def not_found(kind: str, name: str) -> str:
    """The API's words for what a lister does not have."""
    return f'{kind} "{name}" not found'


def not_owner(claim: Claim, pod: Pod) -> str:
    """VolumeIsForPod: why an ephemeral volume's claim is not the pod's; nothing where it is."""
    owner = next((ref for ref in claim.metadata.owner_references if ref.controller), None)
    if owner is not None and owner.uid == pod.metadata.uid:
        return ""
    there = f"{claim.metadata.namespace}/{claim.metadata.name}"
    return f"PVC {there} was not created for pod {pod.key} (pod is not owner)"


def is_bound(claim: Claim) -> bool:
    """Whether binding is complete; a volume that is only named is not enough."""
    return bool(claim.spec.volume_name) and claim.metadata.annotations.bind_completed is not None


def class_name(claim: Claim) -> str:
    """GetPersistentVolumeClaimClass: the beta annotation comes first."""
    beta = claim.metadata.annotations.storage_class
    return beta if beta is not None else claim.spec.storage_class_name or ""


def volume_class_name(volume: Volume) -> str:
    """GetPersistentVolumeClass: likewise."""
    beta = volume.metadata.annotations.storage_class
    return beta if beta is not None else volume.spec.storage_class_name


def class_of(cluster: Cluster, claim: Claim) -> StorageClass | None:
    """The claim's class, where it names one that is there."""
    name = class_name(claim)
    return cluster.find(STORAGE_CLASSES, name) if name else None


def requested(claim: Claim) -> int:
    """How much storage the claim asks for, in billionths of a byte."""
    return nanos(claim.spec.resources.requests.get("storage", 0))

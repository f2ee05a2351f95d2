"""Claims that controllers make for a pod: from volumeClaimTemplates, and for ephemeral volumes."""

from collections.abc import Sequence

from msgspec.structs import replace

from kubectl_why_pending.admission.defaulting import FILESYSTEM
from kubectl_why_pending.admission.quantity import stored
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.storage import (
    Claim,
    ClaimStatus,
    Owner,
    StorageClass,
    StorageMeta,
)
from kubectl_why_pending.objects.volume import ClaimSpec

PENDING = "Pending"


def ephemeral_claims(pod: Pod) -> list[Claim]:
    """One for each ephemeral volume, named POD-VOLUME and owned by the pod."""
    owner = Owner(
        api_version="v1",
        kind="Pod",
        name=pod.metadata.name,
        controller=True,
        uid=pod.metadata.uid,
    )
    return [
        Claim(
            metadata=StorageMeta(
                name=f"{pod.metadata.name}-{volume.name}",
                namespace=pod.metadata.namespace,
                owner_references=[owner],
            ),
            spec=volume.ephemeral.volume_claim_template.spec,
        )
        for volume in pod.spec.volumes
        if volume.ephemeral and volume.ephemeral.volume_claim_template
    ]


def as_stored(claim: Claim, classes: Sequence[StorageClass]) -> Claim:
    """The claim with its defaults; without a class it gets the default one."""
    spec = claim.spec
    filled = replace(
        spec,
        volume_mode=spec.volume_mode or FILESYSTEM,
        resources=replace(spec.resources, requests=stored(spec.resources.requests)),
        storage_class_name=_class_of(claim, spec, classes),
    )
    return replace(claim, spec=filled, status=ClaimStatus(phase=PENDING))


def _class_of(claim: Claim, spec: ClaimSpec, classes: Sequence[StorageClass]) -> str | None:
    """DefaultStorageClass: GetDefaultClass of pkg/volume/util/storageclass.go takes the newest, then by name."""
    if spec.storage_class_name is not None or claim.metadata.annotations.storage_class is not None:
        return spec.storage_class_name
    defaults = [one for one in classes if one.metadata.annotations.is_default == "true"]
    default = min(defaults, key=_by_age, default=None)
    return default.metadata.name if default else None


def _by_age(one: StorageClass) -> tuple[float, str]:
    made = one.metadata.creation_timestamp
    return (-made.timestamp() if made else 0.0), one.metadata.name

"""The volume that a claim would be bound to on a node: FindMatchingVolume of component-helpers/storage/volume."""

from collections.abc import Container

from kubectl_fieldkit.quantity import nanos
from kubectl_fieldkit.selectors import selects
from kubectl_why_pending.objects.storage import Claim, Volume
from kubectl_why_pending.scheduler.filter import SchedulerError
from kubectl_why_pending.scheduler.volumes.claims import requested
from kubectl_why_pending.scheduler.volumes.reach import ByLabel, Reach, reach_of

ATTRIBUTES_CLASS_SINCE = 34  # gate VolumeAttributesClass


class Match:
    """The volumes that could serve one claim, smallest first; what no node can change is looked at once.

    `promised` are volumes that name the claim: the first of them, or nothing, is taken before any other.
    """

    def __init__(self, claim: Claim, volumes: list[Volume], minor: int) -> None:
        self.error = _unsupported(claim) if minor < ATTRIBUTES_CLASS_SINCE else ""
        fitting = [volume for volume in volumes if _fits(claim, volume, minor)]
        self.promised = [(v, reach_of(v)) for v in fitting if v.spec.claim_ref is not None]
        free = sorted((v for v in fitting if _is_free(v, claim)), key=capacity)
        reaches = [(volume, reach_of(volume)) for volume in free]
        self.free: ByLabel[tuple[Volume, Reach]] = ByLabel((pair, pair[1].clue) for pair in reaches)

    def find(self, labels: dict[str, str], taken: Container[str]) -> Volume | None:
        """The smallest that a node with these labels can reach and that no other use has taken."""
        if self.error:
            raise SchedulerError(self.error)
        for volume, reach in self.promised:
            if volume.metadata.name not in taken:
                return volume if reach.includes(labels) else None
        for volume, reach in self.free.near(labels):
            if volume.metadata.name not in taken and reach.includes(labels):
                return volume
        return None


def _unsupported(claim: Claim) -> str:
    """Servers without VolumeAttributesClass fail on a claim that names one."""
    if not claim.spec.volume_attributes_class_name:
        return ""
    return (
        'running "VolumeBinding" filter plugin: unsupported volumeAttributesClassName is set on claim '
        f"{claim.metadata.namespace}/{claim.metadata.name} "
        "when the feature-gate VolumeAttributesClass is disabled"
    )


def capacity(volume: Volume) -> int:
    """How large the volume is, in billionths of a byte."""
    return nanos(volume.spec.capacity.get("storage", 0))


def _fits(claim: Claim, volume: Volume, minor: int) -> bool:
    """Not another claim's, large enough, of the same mode and attributes, not being deleted."""
    of_claim = claim.spec.volume_attributes_class_name or ""
    of_volume = volume.spec.volume_attributes_class_name or ""
    return (
        (volume.spec.claim_ref is None or _names(volume, claim))
        and capacity(volume) >= requested(claim)
        and (claim.spec.volume_mode or "Filesystem") == (volume.spec.volume_mode or "Filesystem")
        and (of_claim == of_volume if minor >= ATTRIBUTES_CLASS_SINCE else not of_volume)
        and volume.metadata.deletion_timestamp is None
    )


def _names(volume: Volume, claim: Claim) -> bool:
    """IsVolumeBoundToClaim: an absent uid is any."""
    to = volume.spec.claim_ref
    return (
        to is not None
        and (to.namespace, to.name) == (claim.metadata.namespace, claim.metadata.name)
        and to.uid in ("", claim.metadata.uid)
    )


def _is_free(volume: Volume, claim: Claim) -> bool:
    selector = claim.spec.selector
    return (
        volume.spec.claim_ref is None
        and volume.status.phase == "Available"
        and (selector is None or selects(selector, volume.metadata.labels))
        and set(claim.spec.access_modes) <= set(volume.spec.access_modes)
    )

"""Disks that a pod names itself and that two pods cannot always share: isVolumeConflict of volumerestrictions."""

from kubectl_why_pending.objects.volume import Volume


def is_exclusive(volume: Volume) -> bool:
    """Whether it is such a disk: needsRestrictionsCheck."""
    return (
        volume.gce_persistent_disk is not None
        or volume.aws_elastic_block_store is not None
        or volume.rbd is not None
        or volume.iscsi is not None
    )


def in_conflict(one: Volume, other: Volume) -> bool:
    """Whether it is the same disk, and not read by both alone; an EBS volume is never shared."""
    return _gce(one, other) or _ebs(one, other) or _iscsi(one, other) or _rbd(one, other)


def _gce(one: Volume, other: Volume) -> bool:
    a, b = one.gce_persistent_disk, other.gce_persistent_disk
    return bool(a and b and a.pd_name == b.pd_name and not (a.read_only and b.read_only))


def _ebs(one: Volume, other: Volume) -> bool:
    a, b = one.aws_elastic_block_store, other.aws_elastic_block_store
    return bool(a and b and a.volume_id == b.volume_id)


def _iscsi(one: Volume, other: Volume) -> bool:
    a, b = one.iscsi, other.iscsi
    return bool(a and b and a.iqn == b.iqn and not (a.read_only and b.read_only))


def _rbd(one: Volume, other: Volume) -> bool:
    a, b = one.rbd, other.rbd
    return bool(
        a
        and b
        and not set(a.monitors).isdisjoint(b.monitors)
        and (a.pool, a.image) == (b.pool, b.image)
        and not (a.read_only and b.read_only)
    )


def disk_in_words(volume: Volume) -> str:
    """What the disk is called where it comes from."""
    if disk := volume.gce_persistent_disk:
        return f'GCE disk "{disk.pd_name}"'
    if disk := volume.aws_elastic_block_store:
        return f'EBS volume "{disk.volume_id}"'
    if rbd := volume.rbd:
        return f'RBD image "{rbd.pool}/{rbd.image}"'
    return f'iSCSI target "{volume.iscsi.iqn if volume.iscsi else ""}"'

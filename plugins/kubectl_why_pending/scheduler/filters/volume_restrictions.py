"""VolumeRestrictions: a disk can be mounted once, and a ReadWriteOncePod claim has one pod."""

from collections.abc import Sequence
from typing import Self

from kubectl_why_pending.objects.volume import Volume
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo
from kubectl_why_pending.scheduler.volumes.claims import (
    READ_WRITE_ONCE_POD,
    claim_names,
    find_claim,
    not_found,
)
from kubectl_why_pending.scheduler.volumes.disks import disk_in_words, in_conflict, is_exclusive

IN_USE = (
    "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode "
    "already in-use by another pod"
)
IN_USE_BEFORE_34 = (
    "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode"
)


class VolumeRestrictions(Filter):
    """pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go.

    `single` are the pod's ReadWriteOncePod claims, `holders` who has them; `conflicts` counts as upstream
    does, which looks at names alone when a pod comes or goes.
    """

    NAME = "VolumeRestrictions"
    NO_DISK = Rejection(NAME, ("node(s) had no available disk",), resolvable=True)

    def __init__(
        self,
        disks: Sequence[Volume],
        single: frozenset[str],
        holders: Sequence[tuple[str, PodInfo, NodeInfo]],
        minor: int,
    ) -> None:
        self.disks = disks
        self.single = single
        self.holders = holders
        self.conflicts = len({name for name, _, _ in holders})
        text = IN_USE if minor >= 34 else IN_USE_BEFORE_34
        self.in_use = Rejection(self.NAME, (text,), resolvable=True)

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | Rejection | None:
        """Skipped without such disks and such claims in use; a claim must be there."""
        single = set()
        for name in claim_names(pod.pod):
            claim = find_claim(cluster, pod.pod, name)
            if claim is None:
                return Rejection(cls.NAME, (not_found("persistentvolumeclaim", name),))
            if READ_WRITE_ONCE_POD in claim.spec.access_modes:
                single.add(name)
        disks = [volume for volume in pod.pod.spec.volumes if is_exclusive(volume)]
        holders = _holders(cluster, pod.pod.metadata.namespace, single) if single else []
        if not disks and not holders:
            return None
        return cls(disks, frozenset(single), holders, cluster.minor)

    def filter(self, node: NodeInfo) -> Rejection | None:
        """A disk that is in use on this node, or a claim that is in use anywhere."""
        if self.disks and any(True for _ in self._taken(node)):
            return self.NO_DISK
        return self.in_use if self.conflicts > 0 else None

    def _taken(self, node: NodeInfo) -> list[tuple[Volume, PodInfo]]:
        return [
            (disk, other)
            for disk in self.disks
            for other in node.pods
            if any(in_conflict(disk, theirs) for theirs in other.pod.spec.volumes)
        ]

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Who has the disk or the claim, and where."""
        disks = [
            Failure(
                self.NAME,
                self.NO_DISK.reasons[0],
                f"{disk_in_words(disk)} is mounted by pod {other.key}",
            )
            for disk, other in self._taken(node)
        ]
        claims = [
            Failure(
                self.NAME,
                self.in_use.reasons[0],
                f'claim "{name}" (ReadWriteOncePod) is in use by pod {other.key} on node {at.name}',
            )
            for name, other, at in self.holders
        ]
        return (*disks, *(claims if self.conflicts > 0 else ()))

    def add_pod(self, pod: PodInfo, node: NodeInfo) -> None:
        """One more that names such claims."""
        self.conflicts += self._naming(pod)

    def remove_pod(self, pod: PodInfo, node: NodeInfo) -> None:
        """One less."""
        self.conflicts -= self._naming(pod)

    def _naming(self, pod: PodInfo) -> int:
        return sum(name in self.single for name in claim_names(pod.pod)) if self.single else 0

    def clone(self) -> Self:
        """With a count of its own."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other


def _holders(
    cluster: Cluster, namespace: str, names: set[str]
) -> list[tuple[str, PodInfo, NodeInfo]]:
    """Every placed pod of the namespace that uses one of the claims."""
    return [
        (name, pod, node)
        for pod, node in cluster.pods()
        if pod.pod.metadata.namespace == namespace
        for name in claim_names(pod.pod)
        if name in names
    ]

"""VolumeBinding: a bound volume must be in reach, and one that is not bound yet must be found or made."""

from collections.abc import Iterator, Sequence
from typing import Self

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.storage import Claim
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.filter import Failure, Filter, Rejection, SchedulerError
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import PodInfo
from kubectl_why_pending.scheduler.volumes.bound import BoundVolume, bound_volume
from kubectl_why_pending.scheduler.volumes.claims import (
    WAIT_FOR_FIRST_CONSUMER,
    claim_uses,
    class_of,
    find_claim,
    is_bound,
    not_found,
    not_owner,
)
from kubectl_why_pending.scheduler.volumes.in_tree import Untranslatable
from kubectl_why_pending.scheduler.volumes.unbound import Obstacle, Unbound, waiting_claims

OUT_OF_REACH = "node(s) didn't match PersistentVolume's node affinity"
OUT_OF_REACH_BEFORE_33 = "node(s) had volume node affinity conflict"
NO_VOLUME = "node(s) didn't find available persistent volumes to bind"
NO_SPACE = "node(s) did not have enough free storage"
GONE = "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"


class VolumeBinding(Filter):
    """pkg/scheduler/framework/plugins/volumebinding."""

    NAME = "VolumeBinding"

    def __init__(self, bound: Sequence[BoundVolume], unbound: Unbound | None, minor: int) -> None:
        self.bound = bound
        self.unbound = unbound
        self.out_of_reach = OUT_OF_REACH if minor >= 33 else OUT_OF_REACH_BEFORE_33

    @classmethod
    def pre_filter(cls, pod: PodInfo, cluster: Cluster) -> Self | Rejection | None:
        """Skipped without claims; each must be there, the pod's own, and bound unless it may wait."""
        claims: list[Claim] = []
        for use in claim_uses(pod.pod):
            claim = find_claim(cluster, pod.pod, use.name)
            if reason := _unusable(claim, use.name, pod.pod, ephemeral=use.ephemeral):
                return Rejection(cls.NAME, (reason,))
            if claim is not None:
                claims.append(claim)
        if not claims:
            return None
        bound = [claim for claim in claims if is_bound(claim)]
        waiting = [claim for claim in claims if not is_bound(claim)]
        if not all(_may_wait(claim, cluster) for claim in waiting):
            return Rejection(cls.NAME, ("pod has unbound immediate PersistentVolumeClaims",))
        unbound = waiting_claims(waiting, cluster) if waiting else None
        return cls([bound_volume(claim, cluster) for claim in bound], unbound, cluster.minor)

    def filter(self, node: NodeInfo) -> Rejection | None:
        """FindPodVolumes: the first bound volume and the first claim in the way, and no more."""
        found = next(self._out_of_reach(node), None)
        obstacle = self.unbound.obstacle(node) if self.unbound else None
        if found is None and obstacle is None:
            return None
        reasons = []
        if found is not None and found.volume is not None:
            reasons.append(self.out_of_reach)
        if obstacle is not None:
            reasons.append(_reason(obstacle))
        if found is not None and found.volume is None:
            reasons.append(GONE)
        return Rejection(self.NAME, tuple(reasons))

    def _out_of_reach(self, node: NodeInfo) -> Iterator[BoundVolume]:
        try:
            for bound in self.bound:
                if not bound.reached_from(node):
                    yield bound
        except Untranslatable as err:
            text = f'running "{self.NAME}" filter plugin: could not translate pv: {err}'
            raise SchedulerError(text) from err

    def explain(self, node: NodeInfo) -> tuple[Failure, ...]:
        """Every bound volume that is out of reach, and the claim that finds no volume."""
        failures = [
            Failure(self.NAME, self.out_of_reach if bound.volume else GONE, bound.in_words(node))
            for bound in self._out_of_reach(node)
        ]
        obstacle = self.unbound.obstacle(node) if self.unbound else None
        if self.unbound and obstacle is not None:
            detail = self.unbound.in_words(obstacle, node)
            failures.append(Failure(self.NAME, _reason(obstacle), detail))
        return tuple(failures)


def _reason(obstacle: Obstacle) -> str:
    return NO_SPACE if obstacle.is_space else NO_VOLUME


def _unusable(claim: Claim | None, name: str, pod: Pod, *, ephemeral: bool) -> str:
    """podHasPVCs: why no node will do; nothing for a claim that can be used."""
    if claim is None:
        missing = not_found("persistentvolumeclaim", name)
        waits = (
            f'waiting for ephemeral volume controller to create the persistentvolumeclaim "{name}"'
        )
        return waits if ephemeral else missing
    if claim.status.phase == "Lost":
        lost = claim.spec.volume_name
        return f'persistentvolumeclaim "{name}" bound to non-existent persistentvolume "{lost}"'
    if claim.metadata.deletion_timestamp is not None:
        return f'persistentvolumeclaim "{name}" is being deleted'
    return not_owner(claim, pod) if ephemeral else ""


def _may_wait(claim: Claim, cluster: Cluster) -> bool:
    """IsDelayBindingMode: not where a volume was named already."""
    made_by = class_of(cluster, claim)
    if made_by is None or made_by.volume_binding_mode != WAIT_FOR_FIRST_CONSUMER:
        return False  # the API server writes Immediate where nothing is said
    return not claim.spec.volume_name

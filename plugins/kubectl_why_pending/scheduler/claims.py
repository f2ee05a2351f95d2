"""Which ResourceClaims a pod uses, and whether they let it into the scheduler's queue at all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import Cluster, Unknown

if TYPE_CHECKING:
    from kubectl_why_pending.objects.dynamic import ResourceClaim

SINCE = 34  # where DynamicResourceAllocation is on by default


class HeldBack(Exception):
    """A claim is not as it must be: the first text is upstream's, `plain` is for people."""

    def __init__(self, text: str, plain: str) -> None:
        super().__init__(text)
        self.plain = plain


def claims_of(pod: Pod, cluster: Cluster) -> "list[ResourceClaim]":
    """The pod's claims; raises HeldBack for the first that is not there, not its own, or on its way out.

    Mirrors foreachPodResourceClaim, which PreEnqueue and PreFilter of DynamicResources both run.
    """
    return list(_claims(pod, cluster))


def held_back(pod: Pod, cluster: Cluster) -> list[str]:
    """Why PreEnqueue of DynamicResources keeps the pod out of the queue; nothing where it does not."""
    if cluster.minor < SINCE or not pod.spec.resource_claims:
        return []
    try:
        claims_of(pod, cluster)
    except HeldBack as err:
        return [err.plain]
    except Unknown:
        pass
    return []


def _claims(pod: Pod, cluster: Cluster) -> "Iterator[ResourceClaim]":
    """A template may make no claim at all on purpose: then there is nothing to wait for."""
    made = {each.name: each.resource_claim_name for each in pod.status.resource_claim_statuses}
    for use in pod.spec.resource_claims:
        if use.resource_claim_name:
            yield _usable(pod, use.resource_claim_name, cluster)
        elif use.name not in made:
            raise HeldBack(
                f'pod "{pod.key}": ResourceClaim not created yet',
                f'claim "{use.name}" was not made yet of the template '
                f'"{use.resource_claim_template_name}"',
            )
        elif name := made[use.name]:
            claim = _usable(pod, name, cluster)
            _check_owner(pod, claim, cluster.minor)
            yield claim


def _usable(pod: Pod, name: str, cluster: Cluster) -> "ResourceClaim":
    from kubectl_why_pending.objects.dynamic import RESOURCE_CLAIMS

    claim = cluster.find(RESOURCE_CLAIMS, name, pod.metadata.namespace)
    if claim is None:
        text = f'could not find ResourceClaim "{pod.metadata.namespace}/{name}"'
        raise HeldBack(text, f'there is no ResourceClaim "{name}"')
    if claim.metadata.deletion_timestamp is not None:
        text = f'resourceclaim "{name}" is being deleted'
        raise HeldBack(text, f'ResourceClaim "{name}" is being deleted')
    return claim


def _check_owner(pod: Pod, claim: "ResourceClaim", minor: int) -> None:
    """A claim made of a template is its pod's alone."""
    owners = claim.metadata.owner_references
    if any(owner.controller and owner.uid == pod.metadata.uid for owner in owners):
        return
    word = "Pod" if minor >= 36 else "pod"
    raise HeldBack(
        f"ResourceClaim {claim.key} was not created for {word} {pod.key} ({word} is not owner)",
        f'ResourceClaim "{claim.metadata.name}" was made for another pod',
    )


def delegated(names: set[str], cluster: Cluster) -> frozenset[str]:
    """The extended resources that a DeviceClass stands behind: DynamicResources' business where no node has them.

    None where classes could not be read; DynamicResources then says so.
    """
    if not any("/" in name for name in names):  # no extended resource, as with most pods
        return frozenset()
    from kubectl_why_pending.scheduler.devices.extended import classes_behind

    try:
        return frozenset(classes_behind(names, cluster))
    except Unknown:
        return frozenset()

"""Which ResourceClaims a pod uses, and whether they let it into the scheduler's queue at all."""

from collections.abc import Iterator

from kubectl_why_pending.objects.dynamic import DEVICE_CLASSES, RESOURCE_CLAIMS, ResourceClaim
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.cluster import Cluster, Unknown

IMPLICIT = "deviceclass.resource.kubernetes.io/"  # an extended resource named after its class


def names_of(pod: Pod) -> Iterator[tuple[str, str]]:
    """Each of the pod's claims by its name in the pod and in the namespace; the latter empty until it is made."""
    made = {s.name: s.resource_claim_name or "" for s in pod.status.resource_claim_statuses}
    for claim in pod.spec.resource_claims:
        yield claim.name, claim.resource_claim_name or made.get(claim.name, "")


def held_back(pod: Pod, cluster: Cluster) -> list[str]:
    """Why PreEnqueue of DynamicResources keeps the pod out of the queue; nothing where it does not."""
    if not pod.spec.resource_claims:
        return []
    try:
        return [why for name, made in names_of(pod) if (why := _why(pod, name, made, cluster))]
    except Unknown:
        return []


def _why(pod: Pod, name: str, made: str, cluster: Cluster) -> str:
    if not made:
        template = next(
            (c.resource_claim_template_name for c in pod.spec.resource_claims if c.name == name), ""
        )
        return f'claim "{name}" was not made yet of the template "{template}"'
    claim = cluster.find(RESOURCE_CLAIMS, made, pod.metadata.namespace)
    if claim is None:
        return f'there is no ResourceClaim "{made}"'
    return f'ResourceClaim "{made}" is being deleted' if is_going(claim) else ""


def is_going(claim: ResourceClaim) -> bool:
    """Whether it is being deleted."""
    return claim.metadata.deletion_timestamp is not None


def delegated(names: set[str], cluster: Cluster) -> frozenset[str]:
    """The extended resources that a DeviceClass stands behind: DynamicResources' business where no node has them.

    Gate DRAExtendedResource: on since 1.36.
    """
    extended = {name for name in names if "/" in name}
    if cluster.minor < 36 or not extended or cluster.lists.get(DEVICE_CLASSES) is None:
        return frozenset()
    classes = cluster.all(DEVICE_CLASSES)
    behind = {each.spec.extended_resource_name for each in classes}
    behind |= {f"{IMPLICIT}{each.metadata.name}" for each in classes}
    return frozenset(extended & behind)

"""Unclaimed: the pod's ResourceClaims keep it out of the queue, which nothing else tells."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting


def unclaimed(pod: Pod, evidence: Evidence) -> Waiting | None:
    """PreEnqueue of upstream's DynamicResources: no event and no condition says it."""
    if not evidence.held:
        return None
    return Waiting(
        "Unclaimed",
        "held before the queue by its resource claims",
        tuple(evidence.held),
        ("kubectl get resourceclaims,resourceclaimtemplates -n " + pod.metadata.namespace,),
    )

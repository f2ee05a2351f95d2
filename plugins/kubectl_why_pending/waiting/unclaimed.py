"""Unclaimed: claims or the pod's group keep it out of the queue, which nothing else tells."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting
from kubectl_why_pending.waiting.schedulers import is_alive, is_new, is_untried


def unclaimed(pod: Pod, evidence: Evidence) -> Waiting | None:
    """PreEnqueue of upstream's DynamicResources and GangScheduling: no event and no condition says it."""
    namespace = pod.metadata.namespace
    if evidence.held:
        return Waiting(
            "Unclaimed",
            "held before the queue by its resource claims",
            tuple(evidence.held),
            ("kubectl get resourceclaims,resourceclaimtemplates -n " + namespace,),
        )
    return _gang(pod, evidence)


def _gang(pod: Pod, evidence: Evidence) -> Waiting | None:
    """A group that is not there or has too few pods, if a scheduler that runs leaves the pod alone."""
    group = pod.spec.scheduling_group
    if not group or not is_untried(pod) or is_new(pod, evidence) or not is_alive(pod, evidence):
        return None
    name = group.pod_group_name
    return Waiting(
        "Unclaimed",
        f"held before the queue with its pod group {name}",
        (f"the scheduler waits until PodGroup {name} exists and has as many pods as its minCount",),
        (f"kubectl get podgroups.scheduling.k8s.io {name} -n {pod.metadata.namespace} -o yaml",),
    )

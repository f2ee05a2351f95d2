"""Rejected: the scheduler chose a node, and its kubelet refused the pod, which ends it as Failed."""

from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.evidence import Evidence, Waiting

MARK = "Pod was rejected: "  # Kubelet.rejectPod of pkg/kubelet/kubelet.go
HINTS = {
    "OutOf": "the node was fuller than the scheduler knew: another scheduler, static pods, or reserved resources",
    "NodeAffinity": "the node's labels changed after the scheduler chose it, or the pod names its node",
    "NodePorts": "another pod of the node holds the host port, maybe a static one",
    "TaintToleration": "the node has a NoExecute or NoSchedule taint that the pod does not tolerate",
    "node(s) had untolerated taint": "the node was tainted after the scheduler chose it, or the pod names its node",
    "PodOS": "spec.os.name or the label kubernetes.io/os is not that of the node",
    "PodFeatureUnsupported": "the kubelet is older than a feature that the pod uses",
    "PodLevelResourcesNotSupported": "the kubelet does not know resources of whole pods",
    "Evicted": "the node is short of a resource and takes no pod of this kind: see its conditions",
    "NodeShutdown": "the node is shutting down",
    "SysctlForbidden": "the kubelet allows that sysctl only with --allowed-unsafe-sysctls",
    "AppArmor": "the node has no AppArmor, or not that profile",
    "TopologyAffinityError": "the node cannot align the resources in one NUMA node",
    "SMTAlignmentError": "the node gives whole cores only: ask for a multiple of their threads",
    "UnexpectedAdmissionError": "a device plugin, or the CPU or memory manager, refused it: see the message",
    "VolumeAttachmentLimitExceeded": "the node can attach no more volumes",
}
AGAIN = "it is never tried again: its controller makes another, a bare pod must be made anew"


def is_rejected(pod: Pod) -> bool:
    """Whether a kubelet refused it; such a pod waits for nothing, yet never ran."""
    return pod.status.phase == "Failed" and pod.status.message.startswith(MARK)


def rejected(pod: Pod, evidence: Evidence) -> Waiting | None:
    """The kubelet's reason and its words."""
    if not is_rejected(pod):
        return None
    reason, message = pod.status.reason, pod.status.message.removeprefix(MARK)
    wait = evidence.since(pod.status.start_time or pod.metadata.creation_timestamp)
    when = wait.replace("for ", "", 1) + " ago" if wait else ""
    hints = [hint for start, hint in HINTS.items() if reason.startswith(start)]
    headline = f"the kubelet of {pod.spec.node_name} refused it {when}".rstrip() + f": {reason}"
    return Waiting("Starting", headline, (f"{reason}: {message}",), (*hints, AGAIN))

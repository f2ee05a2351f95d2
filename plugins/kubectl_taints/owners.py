"""Who owns a pod, and whether it comes back when a taint has driven it away."""

from collections.abc import Sequence
from typing import Literal

from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import Pod
from kubectl_fieldkit.tolerations import untolerated

Return = Literal["by-owner", "failure-of-job", "here", "not-here", "never", "finished"]


def owner_of(pod: Pod) -> str:
    """KIND/NAME of the controller, a ReplicaSet's Deployment in its stead; empty without one.

    A Deployment calls its ReplicaSets NAME-HASH and labels their pods with the HASH
    (getNewReplicaSet in pkg/controller/deployment/sync.go).
    """
    owner = next((o for o in pod.metadata.owner_references if o.controller), None)
    if owner is None:
        return ""
    suffix = "-" + pod.metadata.labels.get("pod-template-hash", "")
    if owner.kind == "ReplicaSet" and len(suffix) > 1 and owner.name.endswith(suffix):
        return f"Deployment/{owner.name.removesuffix(suffix)}"
    return f"{owner.kind}/{owner.name}"


def comes_back(pod: Pod, taints: Sequence[Taint]) -> Return:
    """How a pod that goes because of the node's taints comes back.

    A mirror pod is the kubelet's, which makes it anew. A DaemonSet makes one for this node as long
    as the pod tolerates its taints, if only for seconds (NodeShouldRunDaemonPod in
    pkg/controller/daemon/daemon_controller.go). A Job counts it towards its backoffLimit. Other
    owners make one, which runs where a node takes it.
    """
    owner = owner_of(pod)
    if pod.metadata.annotations.mirror:
        return "here"
    if pod.status.phase in ("Succeeded", "Failed"):
        return "finished"
    if not owner:
        return "never"
    if owner.startswith("DaemonSet/"):
        return "not-here" if untolerated(taints, pod.spec.tolerations) else "here"
    return "failure-of-job" if owner.startswith("Job/") else "by-owner"

"""Annotations that components write for themselves."""

from kubectl_neat.authored import LAST_APPLIED, Evidence
from kubectl_neat.editing import Work

WRITERS = {
    LAST_APPLIED: "kubectl apply's own record",
    "autoscaling.alpha.kubernetes.io/": "the conversion between versions of autoscaling",
    "batch.kubernetes.io/cronjob-scheduled-timestamp": "the cronjob controller",
    "batch.kubernetes.io/job-tracking": "the job controller",
    "cni.projectcalico.org/containerID": "Calico",
    "cni.projectcalico.org/podIP": "Calico",
    "control-plane.alpha.kubernetes.io/leader": "leader election",
    "deployment.kubernetes.io/": "the deployment controller",
    "deprecated.daemonset.template.generation": "the server, for old clients",
    "endpoints.kubernetes.io/last-change-trigger-time": "the endpoints controller",
    "endpoints.kubernetes.io/over-capacity": "the endpoints controller",
    "k8s.ovn.org/pod-networks": "OVN-Kubernetes",
    "k8s.v1.cni.cncf.io/network-status": "Multus",
    "kubernetes.io/config.": "the kubelet",
    "kubernetes.io/limit-ranger": "the LimitRanger admission plugin",
    "kubernetes.io/service-account.uid": "the token controller",
    "node.alpha.kubernetes.io/ttl": "the node controller",
    "pv.kubernetes.io/bind-completed": "the volume binder",
    "pv.kubernetes.io/bound-by-controller": "the volume binder",
    "pv.kubernetes.io/migrated-to": "the volume binder",
    "pv.kubernetes.io/provisioned-by": "the provisioner",
    "resource.kubernetes.io/pod-claim-name": "the resource claim controller",
    "volume.beta.kubernetes.io/storage-provisioner": "the volume binder",
    "volume.kubernetes.io/selected-node": "the scheduler",
    "volume.kubernetes.io/storage-provisioner": "the volume binder",
    "volumes.kubernetes.io/controller-managed-attach-detach": "the kubelet",
}


def take_annotations(work: Work, evidence: Evidence) -> None:
    """All of those, whoever applied them once: they speak of the object in its cluster."""
    for name in list(work.mapping(("metadata", "annotations"))):
        writer = next((WRITERS[start] for start in WRITERS if _is(name, start)), "")
        if writer:
            by = writer if name == LAST_APPLIED else f"written by {writer}"
            work.drop(("metadata", "annotations", name), by, even_written=True)


def _is(name: str, start: str) -> bool:
    return name.startswith(start) if start.endswith(("/", ".", "podIP")) else name == start

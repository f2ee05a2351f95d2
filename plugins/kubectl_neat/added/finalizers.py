"""Finalizers that the server and its controllers put on objects; those of users stay."""

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work

INJECTED = {
    "batch.kubernetes.io/job-tracking": "the job controller",
    "external-attacher/": "the CSI attacher",
    "external-provisioner.volume.kubernetes.io/finalizer": "the CSI provisioner",
    "foregroundDeletion": "a deletion that waits for dependents",
    "kubernetes.io/pv-protection": "admission",
    "kubernetes.io/pvc-protection": "admission",
    "kubernetes.io/vac-protection": "admission",
    "networking.k8s.io/service-cidr-finalizer": "the ServiceCIDR controller",
    "orphan": "a deletion that leaves dependents",
    "resource.kubernetes.io/delete-protection": "the resource claim controller",
    "service.kubernetes.io/load-balancer-cleanup": "the service controller",
}


def take_finalizers(work: Work, evidence: Evidence) -> None:
    """Those that nobody applied."""
    for path, name in list(work.items(("metadata", "finalizers"))):
        by = next(
            (
                INJECTED[f]
                for f in INJECTED
                if name == f or (f[-1] == "/" and str(name).startswith(f))
            ),
            "",
        )
        if by:
            work.drop(path, f"put there by {by}")

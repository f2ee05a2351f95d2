"""What controllers and the server write into Nodes and devices' taints."""

from kubectl_neat.authored import Evidence
from kubectl_neat.editing import Work
from kubectl_neat.removal import Path

CONDITIONS = {
    f"node.kubernetes.io/{condition}"
    for condition in (
        "not-ready",
        "unreachable",
        "unschedulable",
        "memory-pressure",
        "disk-pressure",
        "pid-pressure",
        "network-unavailable",
    )
}


def take_allocated(work: Work, evidence: Evidence) -> None:
    """Addresses of pods, and the cloud's name of the machine."""
    for field in ("podCIDR", "podCIDRs", "providerID"):
        work.drop(("spec", field), "set by the node's controllers")


def take_condition_taints(work: Work, evidence: Evidence) -> None:
    """Taints that follow conditions and cordons."""
    for path, taint in list(work.mappings(("spec", "taints"))):
        if str(taint.get("key")) in CONDITIONS:
            work.drop(path, "set by the node controller")
        else:
            work.drop((*path, "timeAdded"), "the moment in which the taint was set")
    work.drop_emptied(("spec", "taints"))


def take_moment_of_taint(work: Work, evidence: Evidence) -> None:
    """SetDefaults_DeviceTaint."""
    _take_moment(work, ("spec", "taint"))


def take_moments_of_device_taints(work: Work, evidence: Evidence) -> None:
    """The same in every device of a slice."""
    for device, _ in list(work.mappings(("spec", "devices"))):
        for path, _ in list(work.mappings((*device, "taints"))):
            _take_moment(work, path)


def _take_moment(work: Work, path: Path) -> None:
    work.drop((*path, "timeAdded"), "the moment in which the taint was set")

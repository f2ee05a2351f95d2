"""Who sets a taint: by its key, where a program owns the key, else by who wrote the list last."""

from msgspec import Struct

from kubectl_fieldkit.envelope import Certainty, Document
from kubectl_fieldkit.objects.node import ManagedFields, Node, Taint


class WellKnown(Struct, frozen=True):
    """A key that one program owns; a `key` that ends in `*` stands for every key that begins so."""

    key: str
    setter: str
    meaning: str

    def owns(self, key: str) -> bool:
        """Whether the key is this one."""
        return key.startswith(self.key[:-1]) if self.key.endswith("*") else key == self.key


LIFECYCLE = "node lifecycle controller"
AUTOSCALER = "cluster-autoscaler"

# kubernetes.io/docs/reference/labels-annotations-taints, and each project's own documentation.
WELL_KNOWN = (
    WellKnown("node.kubernetes.io/not-ready", LIFECYCLE, "the node's Ready condition is False"),
    WellKnown(
        "node.kubernetes.io/unreachable", LIFECYCLE, "the node's kubelet has stopped reporting"
    ),
    WellKnown("node.kubernetes.io/memory-pressure", LIFECYCLE, "the node is short of memory"),
    WellKnown("node.kubernetes.io/disk-pressure", LIFECYCLE, "the node is short of disk space"),
    WellKnown("node.kubernetes.io/pid-pressure", LIFECYCLE, "the node is short of process IDs"),
    WellKnown(
        "node.kubernetes.io/network-unavailable", LIFECYCLE, "the node's network is not set up"
    ),
    WellKnown("node.kubernetes.io/unschedulable", LIFECYCLE, "the node was cordoned"),
    WellKnown(
        "node.kubernetes.io/out-of-service",
        "an administrator",
        "the node is shut down for good: its pods are deleted by force and its volumes detached",
    ),
    WellKnown(
        "node.cloudprovider.kubernetes.io/uninitialized",
        "kubelet",
        "the cloud controller has not set the node up yet",
    ),
    WellKnown(
        "node.cloudprovider.kubernetes.io/shutdown",
        "cloud controller",
        "the machine is shut down at the cloud provider",
    ),
    WellKnown(
        "node-role.kubernetes.io/control-plane",
        "kubeadm, or by hand",
        "the node runs the control plane",
    ),
    WellKnown(
        "node-role.kubernetes.io/master",
        "kubeadm before 1.25, or by hand",
        "the node runs the control plane (an old key: today it is node-role.kubernetes.io/control-plane)",
    ),
    WellKnown("ToBeDeletedByClusterAutoscaler", AUTOSCALER, "the autoscaler is removing the node"),
    WellKnown(
        "DeletionCandidateOfClusterAutoscaler",
        AUTOSCALER,
        "the autoscaler may remove the node soon",
    ),
    WellKnown(
        "startup-taint.cluster-autoscaler.kubernetes.io/*",
        "the node's start-up",
        "the node is not ready for use yet; the autoscaler expects the taint to go",
    ),
    WellKnown(
        "status-taint.cluster-autoscaler.kubernetes.io/*",
        "a controller",
        "a passing state of the node, which the autoscaler ignores",
    ),
    WellKnown(
        "ignore-taint.cluster-autoscaler.kubernetes.io/*",
        "a controller",
        "a passing state of the node, which the autoscaler ignores",
    ),
    WellKnown(
        "cloud.google.com/impending-node-termination",
        "GKE termination handler",
        "the machine is about to be taken away",
    ),
    WellKnown("NodeWithImpairedVolumes", "AWS EBS", "volumes of the node hang while attaching"),
    WellKnown("karpenter.sh/disrupted", "Karpenter", "Karpenter is draining the node to remove it"),
    WellKnown(
        "karpenter.sh/disruption", "Karpenter", "Karpenter is draining the node to remove it"
    ),
    WellKnown("karpenter.sh/unregistered", "Karpenter", "the node has not joined yet"),
    WellKnown(
        "node.cilium.io/agent-not-ready", "Cilium", "the Cilium agent is not up on the node yet"
    ),
    WellKnown(
        "readiness.k8s.io/*",
        "node-readiness-controller",
        "a readiness rule of the node is not met yet",
    ),
    WellKnown(
        "nvidia.com/gpu",
        "an administrator, by convention",
        "the node's GPUs are kept for pods that ask for them",
    ),
    WellKnown(
        "CriticalAddonsOnly",
        "an administrator, by convention",
        "the node is kept for the cluster's own add-ons",
    ),
)

# Field managers that write keys of their own into the list and copy the others along;
# "unknown" is the server's word for a program that did not say its name.
_TELL_NOTHING = ("kube-controller-manager", "cloud-controller-manager", "kubelet", "unknown", "")


class SetBy(Document, frozen=True):
    """Who set a taint, how that is known, and from what; a name of unknown certainty is a guess."""

    name: str
    certainty: Certainty
    evidence: str


def find_well_known(key: str) -> WellKnown | None:
    """The table's row for a key."""
    return next((known for known in WELL_KNOWN if known.owns(key)), None)


def who_set(taint: Taint, node: Node) -> SetBy:
    """The program that owns the key; else, as a guess, the last writer of the node's taints."""
    if known := find_well_known(taint.key):
        return SetBy(name=known.setter, certainty="inferred", evidence=f"the key {known.key}")
    writer = last_writer(node)
    if writer and writer.manager not in _TELL_NOTHING:
        return SetBy(
            name=_program(writer.manager),
            certainty="unknown",
            evidence=f'field manager "{writer.manager}" wrote the node\'s taints last',
        )
    return SetBy(name="", certainty="unknown", evidence="nothing on the node tells")


def last_writer(node: Node) -> ManagedFields | None:
    """The field manager that wrote `spec.taints` last: the list is atomic, so one owns it all."""
    writers = [
        entry for entry in node.metadata.managed_fields if entry.fields_v1.spec.taints is not None
    ]
    return max(
        writers, key=lambda entry: entry.time.timestamp() if entry.time else 0.0, default=None
    )


def _program(manager: str) -> str:
    return manager.replace("-", " ", 1) if manager.startswith("kubectl-") else manager

"""A cordon is two things that should agree: spec.unschedulable, and the taint that mirrors it."""

from kubectl_fieldkit.objects.node import Node
from kubectl_fieldkit.tolerations import NO_SCHEDULE

UNSCHEDULABLE = "node.kubernetes.io/unschedulable"


def is_cordoned(node: Node) -> bool:
    """Whether `kubectl cordon` (or somebody in its place) has marked the node."""
    return node.spec.unschedulable


def has_cordon_taint(node: Node) -> bool:
    """Whether the node carries the taint that the node lifecycle controller gives for a cordon."""
    return any(t.key == UNSCHEDULABLE and t.effect == NO_SCHEDULE for t in node.spec.taints)


def compare(node: Node) -> str:
    """The cordon in a sentence, and where cordon and taint disagree; empty for a node without both.

    The node lifecycle controller makes the taint follow the cordon both ways
    (doNoScheduleTaintingPass in pkg/controller/nodelifecycle).
    """
    match is_cordoned(node), has_cordon_taint(node):
        case True, True:
            return "cordoned: new pods stay off until kubectl uncordon"
        case True, False:
            return (
                f"cordoned, but without the taint {UNSCHEDULABLE}: new pods stay off all the same; "
                "the node lifecycle controller should have added it (is it running?)"
            )
        case False, True:
            return (
                f"not cordoned, but with the taint {UNSCHEDULABLE}: new pods stay off until "
                "the node lifecycle controller removes it (is it running?)"
            )
        case _:
            return ""

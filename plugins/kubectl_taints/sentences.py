"""A taint in words: what it means for new pods and for those already there, and why it is there."""

from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.tolerations import NO_EXECUTE, NO_SCHEDULE, PREFER_NO_SCHEDULE
from kubectl_taints.setters import find_well_known

EFFECTS = {
    NO_SCHEDULE: "new pods need a toleration to come here; pods already here stay",
    PREFER_NO_SCHEDULE: "pods without a toleration come here only when no other node is better; pods already here stay",
    NO_EXECUTE: "new pods need a toleration to come here, and pods already here without one are deleted, whatever their PodDisruptionBudget says",
}


def explain(taint: Taint) -> str:
    """One sentence without a full stop."""
    effect = EFFECTS.get(taint.effect, f'the effect "{taint.effect}" is none that Kubernetes knows')
    known = find_well_known(taint.key)
    return f"{known.meaning}, so {effect}" if known else effect

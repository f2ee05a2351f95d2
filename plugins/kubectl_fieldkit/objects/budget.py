"""policy/v1 PodDisruptionBudget: how many of its pods may be disrupted, if one asks it."""

from kubectl_fieldkit.objects.label_selector import LabelSelector
from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource


class BudgetSpec(Kube, frozen=True):
    """Which pods it is about; none without a selector."""

    selector: LabelSelector | None = None


class BudgetStatus(Kube, frozen=True):
    """How many more pods may go right now."""

    disruptions_allowed: int = 0


class Budget(KubeObject, frozen=True):
    """A limit to the evictions that ask for leave."""

    spec: BudgetSpec = BudgetSpec()
    status: BudgetStatus = BudgetStatus()


BUDGETS = Resource("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", True, Budget)

"""policy/v1 PodDisruptionBudget, as preemption reads it."""

from typing import Any

from kubectl_fieldkit.objects.budget import BudgetSpec
from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource


class BudgetStatus(Kube, frozen=True):
    """How many more pods may go, and which are already on their way."""

    disruptions_allowed: int = 0
    disrupted_pods: dict[str, Any] = {}


class Budget(KubeObject, frozen=True):
    """A limit that preemption respects where it can, and breaks where it must."""

    spec: BudgetSpec = BudgetSpec()
    status: BudgetStatus = BudgetStatus()


BUDGETS = Resource("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", True, Budget)

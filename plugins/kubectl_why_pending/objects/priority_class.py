"""scheduling.k8s.io/v1 PriorityClass: a name for a priority."""

from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.resource import Resource


class PriorityClass(KubeObject, frozen=True):
    """How important a pod is that names the class, and whether it may preempt others."""

    value: int = 0
    global_default: bool = False
    preemption_policy: str = ""


PRIORITY_CLASSES = Resource(
    "scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", False, PriorityClass
)

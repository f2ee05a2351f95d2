"""node.k8s.io/v1 RuntimeClass: what a runtime costs and where it is installed."""

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.pod import Quantities


class Overhead(Kube, frozen=True):
    """What the runtime takes beside the containers."""

    pod_fixed: Quantities = {}


class Scheduling(Kube, frozen=True):
    """Which nodes have the runtime."""

    node_selector: dict[str, str] = {}
    tolerations: list[Toleration] = []


class RuntimeClass(KubeObject, frozen=True):
    """A way to run containers."""

    overhead: Overhead | None = None
    scheduling: Scheduling | None = None


RUNTIME_CLASSES = Resource(
    "node.k8s.io", "v1", "runtimeclasses", "RuntimeClass", False, RuntimeClass
)

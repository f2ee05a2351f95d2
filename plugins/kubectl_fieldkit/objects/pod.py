"""core/v1 Pod: where it runs, what it tolerates, who owns it."""

from kubectl_fieldkit.objects.affinity import Affinity
from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource


class Toleration(Kube, frozen=True):
    """core/v1 Toleration; an empty `operator` is Equal, an empty `effect` is every effect."""

    key: str = ""
    operator: str = ""
    value: str = ""
    effect: str = ""
    toleration_seconds: int | None = None


class PodSpec(Kube, frozen=True):
    """What a pod asks for; an empty `node_name` means that no node has it yet."""

    node_name: str = ""
    node_selector: dict[str, str] = {}
    affinity: Affinity = Affinity()
    host_network: bool = False
    tolerations: list[Toleration] = []


class PodStatus(Kube, frozen=True):
    """How far a pod has come."""

    phase: str = ""


class Pod(KubeObject, frozen=True):
    """One or more containers on one node."""

    spec: PodSpec = PodSpec()
    status: PodStatus = PodStatus()


PODS = Resource(
    "", "v1", "pods", "Pod", True, Pod, (("spec.nodeName", lambda p: p.spec.node_name),)
)

"""core/v1 Pod of a kube-proxy: where it runs, with which arguments, and since when."""

from datetime import datetime

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_proxy_mode.objects.container import PodSpec


class Running(Kube, frozen=True):
    """A container that runs."""

    started_at: datetime | None = None


class NotRunning(Kube, frozen=True):
    """A container that waits or has ended, and why."""

    reason: str = ""


class ContainerState(Kube, frozen=True):
    """One of the three is set."""

    running: Running | None = None
    waiting: NotRunning | None = None
    terminated: NotRunning | None = None


class ContainerStatus(Kube, frozen=True):
    """What the kubelet says of a container."""

    name: str = ""
    state: ContainerState = ContainerState()


class PodStatus(Kube, frozen=True):
    """How far a pod has come."""

    phase: str = ""
    container_statuses: list[ContainerStatus] = []


class Pod(KubeObject, frozen=True):
    """One kube-proxy, in the ordinary case."""

    spec: PodSpec = PodSpec()
    status: PodStatus = PodStatus()

    @property
    def place(self) -> str:
        """NAMESPACE/NAME."""
        return f"{self.metadata.namespace}/{self.metadata.name}"

    @property
    def proxy_state(self) -> ContainerState | None:
        """The state of the container that runs kube-proxy; None where the kubelet has not said it."""
        container = self.spec.kube_proxy
        name = container.name if container else ""
        return next((s.state for s in self.status.container_statuses if s.name == name), None)


PODS = Resource(
    "", "v1", "pods", "Pod", True, Pod, (("spec.nodeName", lambda p: p.spec.node_name),)
)

"""A pod as the scheduler's cache keeps it: what it takes of a node is worked out once."""

from functools import cached_property
from typing import TYPE_CHECKING

from kubectl_why_pending.objects.affinity import PodAffinityTerm
from kubectl_why_pending.objects.pod import Container, Pod, Port
from kubectl_why_pending.scheduler.requests import Amounts, held_by, requests_of

if TYPE_CHECKING:
    from kubectl_why_pending.scheduler.affinity_term import Term

HostPort = tuple[str, str, int]  # address, protocol, port
EVERY_ADDRESS = "0.0.0.0"  # compared, never bound


class PodInfo:
    """A pod and what filters ask of it; two of them are the same pod if their keys are equal."""

    def __init__(self, pod: Pod, requests: Amounts) -> None:
        self.pod = pod
        self.requests = requests

    @property
    def key(self) -> str:
        """NAMESPACE/NAME."""
        return self.pod.key

    @property
    def priority(self) -> int:
        """0 where none is set: PodPriority of component-helpers."""
        return self.pod.spec.priority or 0

    @cached_property
    def host_ports(self) -> list[Port]:
        """The ports it takes of the node itself."""
        return host_ports(self.pod)

    @property
    def affinity_terms(self) -> list[PodAffinityTerm]:
        """The pods that it must join."""
        return self.pod.spec.affinity.pod_affinity.required

    @property
    def anti_affinity_terms(self) -> list[PodAffinityTerm]:
        """The pods that it must avoid, and that must avoid it."""
        return self.pod.spec.affinity.pod_anti_affinity.required

    @cached_property
    def avoids(self) -> "list[Term]":
        """Its anti-affinity terms, ready to be matched; none where one of them is invalid."""
        from kubectl_fieldkit.selectors import InvalidSelector
        from kubectl_why_pending.scheduler.affinity_term import terms_of

        try:
            return terms_of(self.anti_affinity_terms, self.pod.metadata.namespace)
        except InvalidSelector:
            return []


def waiting(pod: Pod) -> PodInfo:
    """A pod that is to be placed."""
    return PodInfo(pod, requests_of(pod))


def placed(pod: Pod, minor: int) -> PodInfo:
    """A pod that a node has, or that is nominated to one."""
    return PodInfo(pod, held_by(pod, minor))


def is_sidecar(container: Container) -> bool:
    """Whether an init container keeps running."""
    return container.restart_policy == "Always"


def host_ports(pod: Pod) -> list[Port]:
    """Of containers and sidecars: GetHostPorts of pkg/scheduler/util/utils.go."""
    spec = pod.spec
    lasting = [*spec.containers, *(c for c in spec.init_containers if is_sidecar(c))]
    return [port for container in lasting for port in container.ports if port.host_port > 0]


def host_port(port: Port) -> HostPort:
    """The port with what is meant where nothing is said: HostPortInfo.sanitize."""
    return port.host_ip or EVERY_ADDRESS, port.protocol or "TCP", port.host_port

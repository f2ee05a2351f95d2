"""SetDefaults_PodSpec and SetDefaults_Pod of pkg/apis/core/v1/defaults.go: the latter not in templates."""

from collections.abc import Iterator, Sequence

from kubectl_neat.defaults.rules.rule import Filled, Node
from kubectl_neat.editing import Work
from kubectl_neat.removal import Path


def _set_pod_spec(spec: Node) -> None:
    if spec.get("serviceAccountName"):
        spec.setdefault("serviceAccount", spec["serviceAccountName"])


def _set_pod(pod: Node) -> None:
    pod.setdefault("spec", {}).setdefault("enableServiceLinks", True)


class RequestsOfLimits:
    """A pod's container that has limits and no requests for them gets requests of the same size."""

    fields: Sequence[str] = ()

    def take(self, work: Work, path: Path) -> None:
        """Of containers and of the pod as a whole."""
        for at in _containers(work, path):
            _take_requests(work, (*at, "resources"))
        limits = work.mapping((*path, "spec", "resources", "limits"))
        if not any(
            name in work.mapping((*at, "resources", "requests"))
            for at in _containers(work, path)
            for name in limits
        ):
            _take_requests(work, (*path, "spec", "resources"))


def _take_requests(work: Work, path: Path) -> None:
    limits, requests = work.mapping((*path, "limits")), work.mapping((*path, "requests"))
    for name in [name for name in requests if requests[name] == limits.get(name)]:
        work.drop((*path, "requests", name), "the same as the limit, which is the default")
    work.drop_emptied((*path, "requests"))


class HostPorts:
    """A pod on the host's network has every port on the host: defaultHostNetworkPorts."""

    fields: Sequence[str] = ()

    def take(self, work: Work, path: Path) -> None:
        """Every host port that is the container's own."""
        if not work.mapping((*path, "spec")).get("hostNetwork"):
            return
        for container in _containers(work, path):
            for at, port in work.mappings((*container, "ports")):
                if port.get("hostPort") == port.get("containerPort"):
                    work.drop((*at, "hostPort"), "the container's port, as hostNetwork has it")


def _containers(work: Work, path: Path) -> Iterator[Path]:
    for field in ("containers", "initContainers"):
        yield from (at for at, _ in work.mappings((*path, "spec", field)))


POD_SPEC = Filled(
    ("serviceAccount",),
    _set_pod_spec,
    ("serviceAccountName",),
    "the old name of serviceAccountName",
)
POD = Filled(("spec.enableServiceLinks",), _set_pod)

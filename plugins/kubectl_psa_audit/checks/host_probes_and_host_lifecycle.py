"""Host field is restricted in the probes and lifecycle handlers.

Restricted Fields:
    spec.containers[*].{livenessProbe,readinessProbe,startupProbe}.{httpGet,tcpSocket}.host
    spec.containers[*].lifecycle.{postStart,preStop}.{httpGet,tcpSocket}.host
    spec.initContainers[*].{livenessProbe,readinessProbe,startupProbe}.{httpGet,tcpSocket}.host
    spec.initContainers[*].lifecycle.{postStart,preStop}.{httpGet,tcpSocket}.host
Allowed Values: "", undefined/null

Mirrors policy/check_hostProbesAndhostLifecycle.go.
"""

from collections.abc import Iterator

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import Place, PodView
from kubectl_psa_audit.levels import Level
from kubectl_psa_audit.pod import Container, Handler

REASON = "probe or lifecycle host"

_NO_HOST = Handler()


def host_probes_and_host_lifecycle_1_34(pod: PodView) -> Forbidden | None:
    """Refuses to let the kubelet ask any host but the pod; containers are sorted, each named once."""
    bad = [place for place in pod.places if _asks_a_host(place.container)]
    if not bad:
        return None
    fields = tuple(field for place in bad for field in _hosts(place))
    names = sorted({field.container for field in fields})
    hosts = sorted({str(field.value) for field in fields})
    return Forbidden(
        REASON,
        f"{wording.listed('container', names)} {wording.use(names)} {wording.listed(REASON, hosts)}",
        fields,
    )


def _asks_a_host(container: Container) -> bool:
    probes = (container.liveness_probe, container.readiness_probe, container.startup_probe)
    hooks = container.lifecycle.post_start, container.lifecycle.pre_stop
    return (*probes, *hooks) != (_NO_HOST,) * 5


def _hosts(place: Place) -> Iterator[Field]:
    for name, handler in _handlers(place):
        for action, asked in (("httpGet", handler.http_get), ("tcpSocket", handler.tcp_socket)):
            if asked.host:
                path = f"{place.path}.{name}.{action}.host"
                yield Field(place.name, path, asked.host, "absent")


def _handlers(place: Place) -> Iterator[tuple[str, Handler]]:
    container = place.container
    yield "livenessProbe", container.liveness_probe
    yield "readinessProbe", container.readiness_probe
    yield "startupProbe", container.startup_probe
    yield "lifecycle.postStart", container.lifecycle.post_start
    yield "lifecycle.preStop", container.lifecycle.pre_stop


CHECK = Check(
    "hostProbesAndHostLifecycle",
    Level.BASELINE,
    (Revision(34, host_probes_and_host_lifecycle_1_34),),
)

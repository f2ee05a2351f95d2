"""HostPort ports must be forbidden.

Restricted Fields:
    spec.containers[*].ports[*].hostPort
    spec.initContainers[*].ports[*].hostPort
Allowed Values: undefined/0

Mirrors policy/check_hostPorts.go.
"""

from kubectl_psa_audit.checks import wording
from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = "hostPort"


def host_ports_1_0(pod: PodView) -> Forbidden | None:
    """Refuses ports of the node; they are listed sorted as texts."""
    fields = tuple(
        Field(place.name, f"{place.path}.ports[{at}].hostPort", port.host_port, "absent")
        for place in pod.places
        for at, port in enumerate(place.container.ports)
        if port.host_port
    )
    if not fields:
        return None
    bad = [place for place in pod.places if any(port.host_port for port in place.container.ports)]
    ports = sorted({str(field.value) for field in fields})
    return Forbidden(
        REASON,
        f"{wording.containers(bad)} {wording.use(bad)} "
        f"{wording.plural('hostPort', ports)} {', '.join(ports)}",
        fields,
    )


CHECK = Check("hostPorts", Level.BASELINE, (Revision(0, host_ports_1_0),))

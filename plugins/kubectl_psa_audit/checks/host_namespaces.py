"""Sharing the host network, PID, and IPC namespaces must be disallowed.

Restricted Fields:
    spec.hostNetwork
    spec.hostPID
    spec.hostIPC
Allowed Values: undefined, false

Mirrors policy/check_hostNamespaces.go.
"""

from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = "host namespaces"


def host_namespaces_1_0(pod: PodView) -> Forbidden | None:
    """Refuses pods that share a namespace with their node."""
    spec = pod.spec
    if not (spec.host_network or spec.host_pid or spec.host_ipc):
        return None
    shared = {
        "hostNetwork": spec.host_network,
        "hostPID": spec.host_pid,
        "hostIPC": spec.host_ipc,
    }
    bad = [name for name, is_shared in shared.items() if is_shared]
    return Forbidden(
        REASON,
        ", ".join(f"{name}=true" for name in bad),
        tuple(Field("", name, True, "false") for name in bad),
    )


CHECK = Check("hostNamespaces", Level.BASELINE, (Revision(0, host_namespaces_1_0),))

"""Sysctls can disable security mechanisms or affect all containers on a host.

They should be disallowed except for an allowed "safe" subset. A sysctl is considered safe if it is
namespaced in the container or the Pod, and it is isolated from other Pods or processes on the same
Node.

Restricted Fields:
    spec.securityContext.sysctls[*].name
Allowed Values: those below, each from its version on

Mirrors policy/check_sysctls.go.
"""

from collections.abc import Collection

from kubectl_psa_audit.checks.check import Check, Field, Forbidden, Revision
from kubectl_psa_audit.checks.view import PodView
from kubectl_psa_audit.levels import Level

REASON = "forbidden sysctls"
ALLOWED_1_0 = (
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range",
    "net.ipv4.ip_unprivileged_port_start",
)
ALLOWED_1_27 = (*ALLOWED_1_0, "net.ipv4.ip_local_reserved_ports")
ALLOWED_1_29 = (
    *ALLOWED_1_27,
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
)
ALLOWED_1_32 = (*ALLOWED_1_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem")
ALLOWED_1_37 = (
    *ALLOWED_1_32,
    "net.ipv4.tcp_slow_start_after_idle",
    "net.ipv4.tcp_notsent_lowat",
)


def sysctls_1_0(pod: PodView) -> Forbidden | None:
    """Refuses all but five."""
    return _sysctls(pod, ALLOWED_1_0)


def sysctls_1_27(pod: PodView) -> Forbidden | None:
    """Allows reserved ports."""
    return _sysctls(pod, ALLOWED_1_27)


def sysctls_1_29(pod: PodView) -> Forbidden | None:
    """Allows keepalive and fin timers."""
    return _sysctls(pod, ALLOWED_1_29)


def sysctls_1_32(pod: PodView) -> Forbidden | None:
    """Allows the buffers' sizes."""
    return _sysctls(pod, ALLOWED_1_32)


def sysctls_1_37(pod: PodView) -> Forbidden | None:
    """Allows two that tune how sending starts."""
    return _sysctls(pod, ALLOWED_1_37)


def _sysctls(pod: PodView, allowed: Collection[str]) -> Forbidden | None:
    """They are listed in the pod's own order."""
    named = enumerate(pod.spec.security_context.sysctls)
    bad = [(at, sysctl.name) for at, sysctl in named if sysctl.name not in allowed]
    if not bad:
        return None
    return Forbidden(
        REASON,
        ", ".join(name for _, name in bad),
        tuple(
            Field("", f"securityContext.sysctls[{at}].name", name, " or ".join(allowed))
            for at, name in bad
        ),
    )


CHECK = Check(
    "sysctls",
    Level.BASELINE,
    (
        Revision(0, sysctls_1_0),
        Revision(27, sysctls_1_27),
        Revision(29, sysctls_1_29),
        Revision(32, sysctls_1_32),
        Revision(37, sysctls_1_37),
    ),
)

"""nftables on a kernel older than 5.13, with which kube-proxy exits (pkg/proxy/nftables/supported.go)."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding, Severity
from kubectl_proxy_mode.judged import Cluster, Judged
from kubectl_proxy_mode.lint.fixes import set_mode
from kubectl_proxy_mode.lint.milestones import NFTABLES_KERNEL
from kubectl_proxy_mode.lint.proxies import grouped, kernel_of, kube_proxies, told_by, told_mode
from kubectl_proxy_mode.lint.rule import MODES, Rule

SKIPS = "KUBE_PROXY_NFTABLES_SKIP_KERNEL_VERSION_CHECK"
SAID: dict[str, tuple[Severity, str]] = {
    "runs": ("warning", f"nftables mode wants kernel 5.13 or later, and runs here only by {SKIPS}"),
    "told": (
        "error",
        "kube-proxy in nftables mode requires kernel 5.13 or later: it exits on these nodes",
    ),
    "soon": (
        "warning",
        "no mode is given: from 1.40 on it is nftables, which requires kernel 5.13 or later",
    ),
}


def find(cluster: Cluster) -> Iterator[Finding]:
    """An error where it is told to, a warning where it runs all the same or would from 1.40 on."""
    old = [j for j in kube_proxies(cluster) if (kernel_of(j) or NFTABLES_KERNEL) < NFTABLES_KERNEL]
    groups = grouped(old, lambda judged: (told_by(judged), _case(judged, cluster)))
    for (told, case), group in groups.items():
        if not case:
            continue
        severity, message = SAID[case]
        yield Finding(
            rule=RULE.id,
            severity=severity,
            subject=told,
            message=message,
            evidence=[_kernel(judged) for judged in group],
            fix=set_mode(told, group, "iptables"),
        )


def _case(judged: Judged, cluster: Cluster) -> str:
    answer = judged.answer
    if answer.observed == "nftables":
        return "runs"
    if told_mode(judged, cluster) == "nftables":
        return "told"
    return "soon" if answer.configured == "" and judged.inside is None else ""


def _kernel(judged: Judged) -> str:
    return f"node/{judged.answer.name} has kernel {judged.node.status.node_info.kernel_version}"


RULE = Rule("nftables-on-old-kernel", MODES, find)

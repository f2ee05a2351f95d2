"""kube-proxy's ipvs mode, which goes (KEP-5495): deprecated in 1.35, off in 1.40, gone in 1.43."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding, Severity
from kubectl_proxy_mode.judged import Cluster, Judged
from kubectl_proxy_mode.lint.fixes import set_mode
from kubectl_proxy_mode.lint.milestones import (
    IPVS_DEPRECATED,
    IPVS_GONE,
    IPVS_OFF,
    NFTABLES_KERNEL,
    NFTABLES_STABLE,
)
from kubectl_proxy_mode.lint.proxies import (
    grouped,
    kernel_of,
    kube_proxies,
    release_of,
    seen_on,
    told_by,
)
from kubectl_proxy_mode.lint.rule import MODES, Rule

NEXT = "change the mode before kube-proxy is upgraded to 1.40, which exits with it"
SAID: tuple[tuple[int, Severity, str], ...] = (
    (IPVS_GONE, "error", "ipvs is gone since 1.43: kube-proxy does not start with it"),
    (
        IPVS_OFF,
        "error",
        "ipvs is off since 1.40 unless the gate KubeProxyIPVS is on, and gone in 1.43",
    ),
    (IPVS_DEPRECATED, "warning", f"ipvs is deprecated since 1.35: {NEXT}"),
    (0, "info", f"ipvs is deprecated from 1.35 on: {NEXT}"),
)


def find(cluster: Cluster) -> Iterator[Finding]:
    """What has ipvs, or would have it after a restart, by the place where that is written."""
    found = (j for j in kube_proxies(cluster) if "ipvs" in (j.answer.mode, j.answer.configured))
    groups = grouped(found, lambda judged: (told_by(judged), _said(release_of(judged, cluster))))
    for (told, (severity, message)), group in groups.items():
        yield Finding(
            rule=RULE.id,
            severity=severity,
            subject=told,
            message=message,
            evidence=seen_on(group),
            fix=set_mode(told, group, _instead(group, cluster)),
        )


def _said(release: int | None) -> tuple[Severity, str]:
    at = IPVS_DEPRECATED if release is None else release
    return next((severity, text) for since, severity, text in SAID if at >= since)


def _instead(group: list[Judged], cluster: Cluster) -> str:
    """nftables where every node of the group can run it, else iptables, which stays."""
    able = all(
        (release_of(judged, cluster) or 0) >= NFTABLES_STABLE
        and (kernel_of(judged) or (0, 0)) >= NFTABLES_KERNEL
        for judged in group
    )
    return "nftables" if able else "iptables"


RULE = Rule("ipvs-before-1.40", MODES, find)

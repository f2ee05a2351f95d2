"""No mode is given: iptables until 1.39, nftables from 1.40 on (KEP-5343)."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding, Severity
from kubectl_proxy_mode.judged import Cluster, Judged
from kubectl_proxy_mode.lint.fixes import set_mode
from kubectl_proxy_mode.lint.milestones import NFTABLES_DEFAULT, UNSET_WARNED
from kubectl_proxy_mode.lint.proxies import grouped, kube_proxies, release_of, seen_on, told_by
from kubectl_proxy_mode.lint.rule import MODES, Rule

TOLD = "no mode is given, and its default turns from iptables to nftables in 1.40: give one before"


def find(cluster: Cluster) -> Iterator[Finding]:
    """Warns from 1.37 on, as kube-proxy itself does; remarks before; silent where the default has turned."""
    found = (judged for judged in kube_proxies(cluster) if _is_unset(judged))
    groups = grouped(found, lambda j: (told_by(j), _severity(release_of(j, cluster))))
    for (told, severity), group in groups.items():
        if severity:
            yield Finding(
                rule=RULE.id,
                severity=severity,
                subject=told,
                message=TOLD,
                evidence=seen_on(group),
                fix=set_mode(told, group, "iptables"),
            )


def _is_unset(judged: Judged) -> bool:
    """Distributions that start kube-proxy by themselves give it a mode of their own."""
    return judged.answer.configured == "" and judged.inside is None


def _severity(release: int | None) -> Severity | None:
    if release is not None and release >= NFTABLES_DEFAULT:
        return None
    return "info" if release is not None and release < UNSET_WARNED else "warning"


RULE = Rule("unset-mode", MODES, find)

"""Every rule, in the order of their names."""

from kubectl_fieldkit.findings import Finding, order
from kubectl_proxy_mode.judged import Cluster
from kubectl_proxy_mode.lint import (
    configured_not_observed,
    ipvs_before_1_40,
    kube_proxy_beside_replacement,
    nftables_on_old_kernel,
    unset_mode,
    version_skew,
)
from kubectl_proxy_mode.lint.rule import Rule

RULES: tuple[Rule, ...] = (
    configured_not_observed.RULE,
    ipvs_before_1_40.RULE,
    kube_proxy_beside_replacement.RULE,
    nftables_on_old_kernel.RULE,
    unset_mode.RULE,
    version_skew.RULE,
)


def lint(cluster: Cluster) -> list[Finding]:
    """What the rules find, the worst first."""
    return sorted((finding for rule in RULES for finding in rule.find(cluster)), key=order)


def affected(resource: str) -> list[str]:
    """The rules that may miss something without these objects."""
    return [rule.id for rule in RULES if resource in rule.needs]

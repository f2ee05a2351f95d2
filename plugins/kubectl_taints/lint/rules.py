"""Every rule, in the order of their names."""

from kubectl_fieldkit.findings import Finding, order
from kubectl_taints.lint import (
    cordon_mismatch,
    daemonset_kept_off,
    misspelt_field,
    old_key,
    refused_value,
    seconds_without_noexecute,
    tolerates_everything,
    untolerated_taint,
)
from kubectl_taints.lint.linted import Linted, Rule

CLUSTER_RULES: tuple[Rule, ...] = (
    cordon_mismatch.RULE,
    daemonset_kept_off.RULE,
    old_key.RULE,
    tolerates_everything.RULE,
    untolerated_taint.RULE,
)
MANIFEST_RULES: tuple[Rule, ...] = (
    misspelt_field.RULE,
    old_key.RULE,
    refused_value.RULE,
    seconds_without_noexecute.RULE,
    tolerates_everything.RULE,
)


def lint(linted: Linted) -> list[Finding]:
    """What the rules find, the worst first."""
    rules = MANIFEST_RULES if linted.manifests else CLUSTER_RULES
    return sorted((finding for rule in rules for finding in rule.find(linted)), key=order)


def affected(resource: str) -> list[str]:
    """The rules that may miss something without this list."""
    return [rule.id for rule in CLUSTER_RULES if resource in rule.needs]

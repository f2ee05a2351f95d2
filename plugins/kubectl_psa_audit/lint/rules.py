"""Every rule, in the order of their names."""

from collections.abc import Iterable

from kubectl_fieldkit.findings import Finding, order
from kubectl_psa_audit.lint import invalid_label, old_pin, unknown_label, unpinned, weaker_mode
from kubectl_psa_audit.lint.linted import Linted, Rule

RULES: tuple[Rule, ...] = (
    invalid_label.RULE,
    old_pin.RULE,
    unknown_label.RULE,
    unpinned.RULE,
    weaker_mode.RULE,
)


def lint(namespaces: Iterable[Linted]) -> list[Finding]:
    """What the rules find, the worst first."""
    found = [each for linted in namespaces for rule in RULES for each in rule.find(linted)]
    return sorted(found, key=order)


def affected() -> list[str]:
    """Every rule: without the namespaces none of them can tell."""
    return [rule.id for rule in RULES]

"""Audit or warn weaker than enforce: what enforce refuses goes untold."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding, Severity
from kubectl_psa_audit.labels import Mode, level_label
from kubectl_psa_audit.lint.linted import Linted, Rule, finding

TOLD: tuple[tuple[Mode, str], ...] = (
    ("audit", "the audit log does not tell which workloads' pods will be refused"),
    ("warn", "nobody is warned of a workload whose pods will be refused"),
)


def find(linted: Linted) -> Iterator[Finding]:
    """Warns of each of the two modes that a namespace sets, or leaves, below enforce."""
    enforce = linted.modes["enforce"].level
    for mode, effect in TOLD:
        level = linted.modes[mode].level
        if level.strictness < enforce.strictness:
            key = level_label(mode)
            told = f"{mode} is {level}, weaker than enforce ({enforce}): {effect}"
            severity: Severity = "warning" if key in linted.labels else "info"
            yield finding(RULE.id, severity, linted, key, told, [f"{key}={enforce}"])


RULE = Rule("weaker-mode", find)

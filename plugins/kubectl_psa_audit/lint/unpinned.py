"""Enforce without a version: an upgrade of the server may refuse what it admits today."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding
from kubectl_psa_audit.labels import level_label, version_label
from kubectl_psa_audit.levels import LATEST, Level
from kubectl_psa_audit.lint.linted import Linted, Rule, finding


def find(linted: Linted) -> Iterator[Finding]:
    """A remark where a label enforces a level, and no version."""
    at, key = linted.modes["enforce"], version_label("enforce")
    is_set = level_label("enforce") in linted.labels and at.level is not Level.PRIVILEGED
    if is_set and at.version == LATEST:
        told = "enforce follows the server's version: an upgrade may refuse what runs today"
        yield finding(RULE.id, "info", linted, key, told, [f"{key}={linted.server}"])


RULE = Rule("unpinned", find)

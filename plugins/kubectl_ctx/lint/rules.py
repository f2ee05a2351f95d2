"""Every rule, in the order of their names."""

from kubectl_ctx.lint import (
    dangling_reference,
    duplicate_name,
    expired_credentials,
    http_server,
    insecure_server,
    missing_credentials,
    missing_file,
    missing_plugin,
    readable_by_others,
    removed_login,
    stale_lock,
    unreadable_file,
    unused_entry,
)
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.findings import Finding, order

RULES: tuple[Rule, ...] = (
    dangling_reference.RULE,
    duplicate_name.RULE,
    expired_credentials.RULE,
    http_server.RULE,
    insecure_server.RULE,
    missing_credentials.RULE,
    missing_file.RULE,
    missing_plugin.RULE,
    readable_by_others.RULE,
    removed_login.RULE,
    stale_lock.RULE,
    unreadable_file.RULE,
    unused_entry.RULE,
)


def lint(linted: Linted) -> list[Finding]:
    """What the rules find, the worst first."""
    return sorted((finding for rule in RULES for finding in rule.find(linted)), key=order)

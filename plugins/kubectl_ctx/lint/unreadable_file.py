"""A file that kubectl cannot load, and with it none of the others."""

from collections.abc import Iterator

from kubectl_ctx.lint.fixes import subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.findings import Finding


def find(linted: Linted) -> Iterator[Finding]:
    """Errors, in kubectl's words."""
    for path, reason in linted.broken:
        yield Finding(
            rule=RULE.id,
            severity="error",
            subject=subject("File", path),
            message=reason,
            evidence=[],
        )


RULE = Rule("unreadable-file", find)

"""Files of certificates, keys and tokens that a cluster or user names and that cannot be read."""

from collections.abc import Iterator

from kubectl_ctx.lint.fixes import subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_ctx.lint.named_files import named_files
from kubectl_fieldkit.findings import Finding


def find(linted: Linted) -> Iterator[Finding]:
    """Errors: kubectl refuses the context."""
    for named in named_files(linted.merged):
        if error := linted.seen[named.path].error:
            yield Finding(
                rule=RULE.id,
                severity="error",
                subject=subject(named.kind, named.name),
                message=f'its {named.field} "{named.path}" cannot be read: {error}',
                evidence=[named.origin],
            )


RULE = Rule("missing-credentials", find)

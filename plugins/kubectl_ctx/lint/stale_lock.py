"""A lock that somebody left behind: no kubectl can change the file until it is gone."""

from collections.abc import Iterator

from kubectl_ctx.lint.fixes import command, subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.ages import human_duration
from kubectl_fieldkit.findings import Finding

STALE_SECONDS = 60  # kubectl holds one for some milliseconds


def find(linted: Linted) -> Iterator[Finding]:
    """Warns of locks that are older than any change takes."""
    for lock, path in linted.locks.items():
        seen = linted.seen[lock]
        age = linted.now.timestamp() - seen.changed
        if seen.changed and age > STALE_SECONDS:
            yield Finding(
                rule=RULE.id,
                severity="warning",
                subject=subject("File", path),
                message=f"has been locked for {human_duration(age)}: kubectl refuses to change it",
                evidence=[lock],
                fix=command("rm", "-f", lock),
            )


RULE = Rule("stale-lock", find)

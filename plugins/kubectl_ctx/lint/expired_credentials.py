"""Client certificates, tokens and authorities that have expired, or will within a week."""

from collections.abc import Iterator
from datetime import timedelta

from kubectl_ctx.lint.fixes import subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.ages import human_duration
from kubectl_fieldkit.findings import Finding

SOON = timedelta(days=7)


def find(linted: Linted) -> Iterator[Finding]:
    """Errors for what has expired, warnings for what soon will; only its issuer can renew it."""
    for (kind, name), expiry in linted.expiries.items():
        left = expiry.until - linted.now
        if left > SOON:
            continue
        expired = left <= timedelta()
        span = human_duration(abs(left.total_seconds()))
        yield Finding(
            rule=RULE.id,
            severity="error" if expired else "warning",
            subject=subject(kind, name),
            message=f"its {expiry.what} {f'expired {span} ago' if expired else f'expires in {span}'}",
            evidence=[f"good until {expiry.until:%Y-%m-%dT%H:%M:%SZ}"],
        )


RULE = Rule("expired-credentials", find)

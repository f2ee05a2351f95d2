"""A server whose certificate is not looked at."""

from collections.abc import Iterator

from kubectl_ctx.lint.fixes import config, subject
from kubectl_ctx.lint.linted import Linted, Rule
from kubectl_fieldkit.findings import Finding


def find(linted: Linted) -> Iterator[Finding]:
    """Warns: credentials go to whoever answers."""
    for name, cluster in linted.merged.clusters.items():
        if cluster.insecure_skip_tls_verify:
            yield Finding(
                rule=RULE.id,
                severity="warning",
                subject=subject("Cluster", name),
                message="the server's certificate is not verified: credentials go to whoever"
                " answers; it needs a certificate-authority",
                evidence=[cluster.origin, "insecure-skip-tls-verify: true"],
                fix=config(
                    cluster.origin, "set-cluster", name, flags=["--insecure-skip-tls-verify=false"]
                ),
            )


RULE = Rule("insecure-server", find)

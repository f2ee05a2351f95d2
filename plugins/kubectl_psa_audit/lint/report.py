"""Findings become paragraphs, a table and a document; nothing here reads or writes."""

from collections.abc import Sequence

from kubectl_fieldkit.envelope import Envelope, Incomplete
from kubectl_fieldkit.findings import Finding, blocks
from kubectl_fieldkit.output import Report


class PodSecurityLintReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl psa-audit lint`."""

    findings: list[Finding]


def of_findings(
    findings: Sequence[Finding], incomplete: Sequence[Incomplete], server_version: str, form: str
) -> Report:
    """The answer in all its forms; its names are the namespaces, each once."""
    return Report(
        blocks=lambda: blocks(findings, form),
        document=lambda: PodSecurityLintReport(
            kind="PodSecurityLintReport",
            server_version=server_version,
            incomplete=list(incomplete),
            findings=list(findings),
        ),
        names=lambda: [
            f"namespace/{name}" for name in dict.fromkeys(f.subject.name for f in findings)
        ],
    )

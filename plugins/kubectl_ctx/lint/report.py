"""Findings become paragraphs, a table and a document; nothing here reads or writes."""

from collections.abc import Sequence

from kubectl_fieldkit.envelope import Envelope
from kubectl_fieldkit.findings import Finding, blocks
from kubectl_fieldkit.output import Report


class KubeconfigLintReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl ctx lint`."""

    kind: str = "KubeconfigLintReport"
    findings: list[Finding]


def of_findings(findings: Sequence[Finding], form: str) -> Report:
    """The answer in all its forms; its names are the subjects, each once."""
    subjects = [finding.subject for finding in findings]
    return Report(
        blocks=lambda: blocks(findings, form),
        document=lambda: KubeconfigLintReport(
            server_version="", incomplete=[], findings=list(findings)
        ),
        names=lambda: list(dict.fromkeys(f"{s.kind.lower()}/{s.name}" for s in subjects)),
    )

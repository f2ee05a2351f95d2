"""Findings become paragraphs, a table and a document; nothing here reads or writes."""

from collections.abc import Sequence

from kubectl_fieldkit.envelope import Envelope, Incomplete
from kubectl_fieldkit.findings import Finding, Subject, blocks
from kubectl_fieldkit.output import Report

NAMES = {"DaemonSet": "daemonset.apps"}


class ProxyModeLintReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl proxy-mode lint`."""

    findings: list[Finding]


def of_findings(
    findings: Sequence[Finding], incomplete: Sequence[Incomplete], server_version: str, form: str
) -> Report:
    """The answer in all its forms; its names are the subjects, each once."""
    return Report(
        blocks=lambda: blocks(findings, form),
        document=lambda: ProxyModeLintReport(
            kind="ProxyModeLintReport",
            server_version=server_version,
            incomplete=list(incomplete),
            findings=list(findings),
        ),
        names=lambda: list(dict.fromkeys(_name(finding.subject) for finding in findings)),
    )


def _name(subject: Subject) -> str:
    return f"{NAMES.get(subject.kind, subject.kind.lower())}/{subject.name}"

"""One shape for everything that a lint or an audit finds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from kubectl_fieldkit.envelope import Document, Incomplete
from kubectl_fieldkit.output import Block, Cell, Code, Heading, Table
from kubectl_fieldkit.untrusted import clean

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
COULD_NOT_TELL = 2  # the exit code of `--exit-code` where an answer is not whole
STYLES = {"error": "red", "warning": "yellow", "info": "dim"}


class Subject(Document, frozen=True):
    """What a finding is about; `namespace` is empty for what has none."""

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"


class Fix(Document, frozen=True):
    """What would mend it: a command line to run, or a text to put into the manifest."""

    command: str = ""
    patch: str = ""


class Finding(Document, frozen=True):
    """What a rule found. `evidence` is what was seen; for a manifest, FILE:LINE comes first."""

    rule: str
    severity: Severity
    subject: Subject
    message: str
    evidence: list[str]
    fix: Fix | None = None


def order(finding: Finding) -> tuple[int, str, str, str, str, str]:
    """The worst first; then by rule and subject."""
    subject = finding.subject
    rank = SEVERITIES.index(finding.severity)
    return rank, finding.rule, subject.namespace, subject.kind, subject.name, finding.message


def exit_code(
    findings: Sequence[Finding], incomplete: Sequence[Incomplete], allow_incomplete: bool
) -> int:
    """What `--exit-code` asks for: 1 findings, 2 could not tell, else 0; remarks (info) are none."""
    if any(finding.severity != "info" for finding in findings):
        return 1
    return COULD_NOT_TELL if incomplete and not allow_incomplete else 0


def blocks(findings: Sequence[Finding], form: str) -> list[Block]:
    """The findings for people: a table where it may be as wide as it takes, else paragraphs."""
    if form == "markdown":
        return [table(findings, wide=False)]
    return paragraphs(findings, wide=form == "wide")


def paragraphs(findings: Sequence[Finding], wide: bool) -> list[Block]:
    """Some lines a finding, for a terminal of any width; wide tells all the evidence."""
    return [block for finding in findings for block in _paragraph(finding, wide)]


def _paragraph(finding: Finding, wide: bool) -> Iterator[Block]:
    namespace = f" ({finding.subject.namespace})" if finding.subject.namespace else ""
    yield Heading(f"{finding.severity} {finding.rule} {finding.subject}{namespace}")
    yield f"  {finding.message}"
    if finding.evidence:
        yield f"  seen: {_evidence(finding.evidence, wide)}"
    if finding.fix and finding.fix.command:
        yield Code(f"  fix: {clean(finding.fix.command)}", "bash")
    elif finding.fix:
        lines = finding.fix.patch.splitlines()
        yield Code("\n".join(["  fix:", *(f"    {line}" for line in lines)]))


def table(findings: Sequence[Finding], wide: bool) -> Table:
    """One row a finding, for what can be as wide as it takes; wide adds the fix."""
    headers = ("SEVERITY", "RULE", "NAMESPACE", "SUBJECT", "EVIDENCE", "MESSAGE")
    return Table((*headers, "FIX") if wide else headers, [_row(f, wide) for f in findings])


def _row(finding: Finding, wide: bool) -> tuple[str | Cell, ...]:
    return (
        Cell(finding.severity, STYLES[finding.severity]),
        finding.rule,
        finding.subject.namespace,
        str(finding.subject),
        _evidence(finding.evidence, wide),
        finding.message,
        *([_fix(finding.fix)] if wide else []),
    )


def _evidence(seen: Sequence[str], wide: bool) -> str:
    if wide or len(seen) < 2:
        return "; ".join(seen)
    return f"{seen[0]} and {len(seen) - 1} more"


def _fix(fix: Fix | None) -> str:
    return (fix.command or " ".join(fix.patch.split())) if fix else ""


def summary(findings: Sequence[Finding], whole: bool = True) -> str:
    """How many of each severity, such as `1 error, 2 warnings`; not `whole` where reads failed."""
    counts = Counter(finding.severity for finding in findings)
    words = {"error": "error", "warning": "warning", "info": "remark"}
    said = [
        f"{counts[severity]} {words[severity]}{'' if counts[severity] == 1 else 's'}"
        for severity in SEVERITIES
        if counts[severity]
    ]
    nothing = "nothing found" if whole else "nothing found in what could be read"
    return ", ".join(said) or nothing

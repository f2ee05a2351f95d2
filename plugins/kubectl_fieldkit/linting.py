"""How every `lint` verb answers: findings on stdout, a count on stderr, an exit code on request.

A plugin's own document is a LintReport under its own name; what it calls its subjects is its own too.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.envelope import Envelope, Incomplete
from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.findings import COULD_NOT_TELL, Finding, Subject, blocks, exit_code, summary
from kubectl_fieldkit.options import OutputFlags


class LintRequest(Protocol):
    """What every `lint` command line says."""

    @property
    def exit_code(self) -> bool:
        """Whether the exit code is to tell what was found."""

    @property
    def allow_incomplete(self) -> bool:
        """Whether what could not be read is no reason for the exit code 2."""

    @property
    def output(self) -> OutputFlags:
        """How the answer is written."""


class LintReport(Envelope, frozen=True, kw_only=True):
    """The answer of a `lint`; its kind is the name of its Struct."""

    findings: list[Finding]


def subject_name(subject: Subject) -> str:
    """TYPE/NAME, as kubectl spells it for kinds of the core group."""
    return f"{subject.kind.lower()}/{subject.name}"


def lint_report(
    document: type[LintReport],
    findings: Sequence[Finding],
    incomplete: Sequence[Incomplete],
    server_version: str,
    form: str,
    name_of: Callable[[Subject], str] = subject_name,
) -> output.Report:
    """The answer in all its forms; its names are the subjects, each once."""
    return output.Report(
        blocks=lambda: blocks(findings, form),
        document=lambda: document(
            kind=document.__name__,
            server_version=server_version,
            incomplete=list(incomplete),
            findings=list(findings),
        ),
        names=lambda: list(dict.fromkeys(name_of(finding.subject) for finding in findings)),
    )


def emit(
    request: LintRequest,
    report: output.Report,
    findings: Sequence[Finding],
    incomplete: Sequence[Incomplete],
) -> int:
    """Writes the report and the count of its findings; 0 unless `--exit-code` asks for more."""
    flags = request.output
    screen = entry.screen(flags.color)
    output.write(output.render(report, flags.format, screen, flags.headers), sys.stdout)
    entry.tell(summary(findings, whole=not incomplete))
    return exit_code(findings, incomplete, request.allow_incomplete) if request.exit_code else 0


def guard(request: LintRequest, lint: Callable[[], int]) -> int:
    """What `lint` answers; with `--exit-code` an error is told, and is a 2: it could not tell."""
    try:
        return lint()
    except FieldkitError as err:
        if not request.exit_code:
            raise
        entry.tell(err.line)
        return COULD_NOT_TELL

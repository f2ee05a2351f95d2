"""How every `lint` verb answers: findings on stdout, a count on stderr, an exit code on request."""

import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.findings import COULD_NOT_TELL, Finding, exit_code, summary
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

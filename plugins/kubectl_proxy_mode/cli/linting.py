"""request → answer: `kubectl proxy-mode lint`."""

from msgspec.structs import replace

from kubectl_fieldkit import entry
from kubectl_fieldkit.findings import COULD_NOT_TELL
from kubectl_fieldkit.linting import emit, guard, lint_report
from kubectl_proxy_mode.cli.answering import Answer, answered
from kubectl_proxy_mode.cli.lint import LintModes
from kubectl_proxy_mode.cli.show import tell_unread
from kubectl_proxy_mode.lint.report import ProxyModeLintReport, name_of
from kubectl_proxy_mode.lint.rules import affected

NAMED = 3  # nodes named in a warning


def run(request: LintModes) -> int:
    """Gather, ask, decide, lint, report, emit; 0 unless `--exit-code` asks for more."""
    return guard(request, lambda: _lint(request))


def _lint(request: LintModes) -> int:
    with answered(request.source, request.nodes, request.selector, request.probing) as answer:
        for missing in answer.missing:
            raise missing
    findings = answer.findings
    unread = [replace(read, affects=affected(read.resource)) for read in answer.incomplete]
    version, form = answer.cluster.server_version, request.output.format
    report = lint_report(ProxyModeLintReport, findings, unread, version, form, name_of)
    code = emit(request, report, findings, unread)
    tell_unread(answer)
    return _tell_undecided(request, answer, code)


def _tell_undecided(request: LintModes, answer: Answer, code: int) -> int:
    """A node whose mode nobody knows is not known to be right either."""
    nodes = [judged.answer.name for judged in answer.cluster.judged if not judged.answer.mode]
    if not nodes:
        return code
    more = f" and {len(nodes) - NAMED} more" if len(nodes) > NAMED else ""
    entry.tell(f"Warning: how service traffic flows is unknown on {', '.join(nodes[:NAMED])}{more}")
    asked = request.exit_code and not request.allow_incomplete
    return COULD_NOT_TELL if asked and not code else code

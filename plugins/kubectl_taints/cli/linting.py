"""request → answer: `kubectl taints lint`."""

from collections.abc import Sequence

from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.linting import emit, guard, lint_report
from kubectl_fieldkit.manifests import read_manifests
from kubectl_fieldkit.source import open_source
from kubectl_taints.cli.lint import LintTaints
from kubectl_taints.cli.unknowns import tell_unknowns
from kubectl_taints.gather_workloads import lint_cluster, lint_manifests
from kubectl_taints.lint.report import TaintLintReport, name_of
from kubectl_taints.lint.rules import affected, lint


def run(request: LintTaints) -> int:
    """Gather, decide, report, emit; 0 unless `--exit-code` asks for more."""
    return guard(request, lambda: _lint(request))


def _lint(request: LintTaints) -> int:
    if request.files:
        return _answer(request, lint(lint_manifests(read_manifests(request.files))), (), "")
    with open_source(request.source) as source:
        linted, incomplete = lint_cluster(source, request.source.connection.namespace, affected)
        return _answer(request, lint(linted), incomplete, source.server_version)


def _answer(
    request: LintTaints,
    findings: Sequence[Finding],
    incomplete: Sequence[Incomplete],
    server_version: str,
) -> int:
    form = request.output.format
    report = lint_report(TaintLintReport, findings, incomplete, server_version, form, name_of)
    code = emit(request, report, findings, incomplete)
    tell_unknowns(incomplete)
    return code

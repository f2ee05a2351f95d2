"""request → answer: `kubectl psa-audit lint`."""

from collections.abc import Sequence

from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.linting import emit, guard, lint_report
from kubectl_fieldkit.source import open_source
from kubectl_psa_audit.admission_config import PodSecurityConfiguration, read_admission_config
from kubectl_psa_audit.cli.lint import LintNamespaces
from kubectl_psa_audit.cli.unknowns import tell_unknowns
from kubectl_psa_audit.gather import read_namespaces
from kubectl_psa_audit.levels import Version
from kubectl_psa_audit.lint.linted import Linted
from kubectl_psa_audit.lint.report import PodSecurityLintReport
from kubectl_psa_audit.lint.rules import affected, lint
from kubectl_psa_audit.policy import levels
from kubectl_psa_audit.server import server_rules


def run(request: LintNamespaces) -> int:
    """Gather, decide, report, emit; 0 unless `--exit-code` asks for more."""
    return guard(request, lambda: _lint(request))


def _lint(request: LintNamespaces) -> int:
    path = request.admission_config
    config = read_admission_config(path) if path else None
    if request.files:
        version = request.source.server_version
        return _answer(request, lint(_written(request, config, server_rules(version))), (), version)
    with open_source(request.source) as source:
        namespace = "" if request.all_namespaces else request.source.connection.namespace
        selector, server = request.namespace_selector, server_rules(source.server_version)
        spaces, incomplete = read_namespaces(source, namespace, selector, affected())
        linted = [
            Linted(meta.name, meta.labels, levels(meta.labels, config), server)
            for meta in (space.metadata for space in spaces)
        ]
        return _answer(request, lint(linted), incomplete, source.server_version)


def _written(
    request: LintNamespaces, config: PodSecurityConfiguration | None, server: Version
) -> list[Linted]:
    from kubectl_fieldkit.manifests import read_manifests
    from kubectl_fieldkit.objects.namespace import NAMESPACES

    found = [each for each in read_manifests(request.files) if each.is_a(NAMESPACES)]
    labels = [manifest.decode(NAMESPACES).metadata.labels for manifest in found]
    return [
        Linted(manifest.name, own, levels(own, config), server, manifest)
        for manifest, own in zip(found, labels, strict=True)
    ]


def _answer(
    request: LintNamespaces,
    findings: Sequence[Finding],
    incomplete: Sequence[Incomplete],
    server_version: str,
) -> int:
    form = request.output.format
    report = lint_report(PodSecurityLintReport, findings, incomplete, server_version, form)
    code = emit(request, report, findings, incomplete)
    tell_unknowns(incomplete)
    return code

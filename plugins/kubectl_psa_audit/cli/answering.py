"""request → answer: `kubectl psa-audit`."""

import sys
from pathlib import Path

from msgspec.structs import replace

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.errors import FieldkitError, ServerError
from kubectl_fieldkit.findings import COULD_NOT_TELL
from kubectl_fieldkit.reading import Source
from kubectl_fieldkit.source import open_source
from kubectl_psa_audit import report
from kubectl_psa_audit.admission_config import read_admission_config
from kubectl_psa_audit.auditing import Audit, Extras, audit_cluster, audit_manifests
from kubectl_psa_audit.cli.options import SARIF
from kubectl_psa_audit.cli.question import AuditSecurity
from kubectl_psa_audit.cli.unknowns import tell_unknowns
from kubectl_psa_audit.evaluate import NEWEST
from kubectl_psa_audit.gather import POLICIES, REJECTIONS, Cluster, gather
from kubectl_psa_audit.known import read_baseline, without_known
from kubectl_psa_audit.rules import Rules
from kubectl_psa_audit.server import server_rules
from kubectl_psa_audit.subjects import Subject, fold

NO_LEVEL = "no Namespace says a level: judged at restricted (--level chooses another)"
NO_CONFIG = "the API server's defaults and exemptions are assumed to be Kubernetes' own (--admission-config)"


def run(request: AuditSecurity) -> int:
    """Gather, decide, report, emit; 0 unless `--exit-code` asks for more."""
    try:
        known = read_baseline(request.baseline) if request.baseline else None
        audit, version = _audit(request)
        if known is not None:
            audit = replace(audit, items=without_known(audit.items, known))
        return _emit(request, audit, version)
    except FieldkitError as err:
        if not request.exit_code:
            raise
        entry.tell(err.line)
        return COULD_NOT_TELL


def _audit(request: AuditSecurity) -> tuple[Audit, str]:
    """The answer, and the version of the server that it is about."""
    extras = Extras(request.fix, request.matrix)
    if request.files:
        return _of_manifests(request, extras)
    with open_source(request.source) as source:
        rules = _rules(request, source.server_version)
        is_wide = request.all_namespaces or request.namespace_selector
        namespace = "" if is_wide else source.namespace
        cluster = gather(source, namespace, request.namespace_selector)
        subjects = _asked(request, cluster, source)
        return audit_cluster(cluster, subjects, rules, extras), source.server_version


def _of_manifests(request: AuditSecurity, extras: Extras) -> tuple[Audit, str]:
    from kubectl_fieldkit.manifests import each_manifest
    from kubectl_psa_audit.gather_manifests import gather_manifests

    version = request.source.server_version
    manifests, namespace = each_manifest(request.files), request.source.connection.namespace
    written = gather_manifests(manifests, namespace, keep=request.output.format == SARIF)
    return audit_manifests(written, _rules(request, version), extras), version


def _rules(request: AuditSecurity, version: str) -> Rules:
    path: Path | None = request.admission_config
    return Rules(
        server_rules(version),
        read_admission_config(path) if path else None,
        request.level,
        request.raise_to,
        request.raises_version,
    )


def _asked(request: AuditSecurity, cluster: Cluster, source: Source) -> list[Subject]:
    subjects = fold(cluster.things)
    if request.selector:
        from kubectl_fieldkit.selectors import parse_labels

        clauses = parse_labels(request.selector)
        return [s for s in subjects if all(clause.matches(s.labels) for clause in clauses)]
    if not request.target:
        return subjects
    resource, name = request.target.resource, request.target.name
    key = (resource.group, resource.kind, source.namespace, name)
    found = [subject for subject in subjects if key in subject.keys]
    for read in cluster.incomplete:
        if not found and read.resource == resource.plural:
            raise ServerError(403, "Forbidden", read.reason, f"it takes {read.settled_by}")
    if not found:
        what = f"{resource.plural}.{resource.group}" if resource.group else resource.plural
        raise ServerError(404, "NotFound", f'{what} "{name}" not found')
    return found


def _emit(request: AuditSecurity, audit: Audit, version: str) -> int:
    if request.output.format == SARIF:
        from kubectl_psa_audit.sarif import sarif

        text = output.json(sarif(audit.items, audit.subjects))
    else:
        view = report.View(
            wide=request.output.format == "wide" or request.target is not None,
            everything=bool(request.files or request.target),
        )
        screen = entry.screen(request.output.color)
        answer = report.of_audit(audit, version, view)
        text = output.render(answer, request.output.format, screen, request.output.headers)
    output.write(text, sys.stdout)
    _talk(request, audit, version)
    return _exit_code(request, audit) if request.exit_code else 0


def _talk(request: AuditSecurity, audit: Audit, version: str) -> None:
    entry.tell(report.summary(audit.items))
    if server_rules(version) > NEWEST:
        entry.tell(f"{version} is newer than the rules known here: judged as {NEWEST}")
    if not request.level and any(space.policy is None for space in audit.namespaces):
        entry.tell(NO_LEVEL)
    elif not request.admission_config and not request.level and not request.files:
        entry.tell(NO_CONFIG)
    tell_unknowns(audit.incomplete)


def _exit_code(request: AuditSecurity, audit: Audit) -> int:
    if any(item.has_findings for item in audit.items):
        return 1
    harmless = [REJECTIONS, POLICIES] if request.level else [REJECTIONS]
    unread = [read for read in audit.incomplete if read.affects not in harmless]
    return COULD_NOT_TELL if unread and not request.allow_incomplete else 0

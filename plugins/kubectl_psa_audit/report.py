"""Verdicts become tables for people and a document for programs; nothing here reads or writes."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kubectl_fieldkit.envelope import Envelope
from kubectl_fieldkit.output import Block, Cell, Heading, Report, Table
from kubectl_psa_audit.auditing import Audit
from kubectl_psa_audit.fix_report import fix_blocks
from kubectl_psa_audit.judging import Finding, Item
from kubectl_psa_audit.matrix_report import matrix_block
from kubectl_psa_audit.namespaces import NamespaceFound
from kubectl_psa_audit.policy import ModePolicy
from kubectl_psa_audit.raise_report import raise_blocks

KIND = "PodSecurityReport"
STYLES = {"refused": "red", "warned": "yellow", "audited": "yellow", "exempt": "dim"}
UNKNOWN = "<unknown>"


class PodSecurityReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl psa-audit`."""

    namespaces: list[NamespaceFound]
    items: list[Item]


class View(Struct, frozen=True):
    """How much is shown: each field (`wide`), and workloads that nothing is said of (`everything`)."""

    wide: bool = False
    everything: bool = False


def of_audit(audit: Audit, server_version: str, view: View) -> Report:
    """The answer in all its forms; its names are those of the workloads that are refused."""
    return Report(
        blocks=lambda: list(_blocks(audit, view)),
        document=lambda: PodSecurityReport(
            kind=KIND,
            server_version=server_version,
            incomplete=list(audit.incomplete),
            namespaces=audit.namespaces,
            items=audit.items,
        ),
        names=lambda: [
            subject.resource_name
            for item, subject in zip(audit.items, audit.subjects, strict=True)
            if item.has_findings
        ],
    )


def summary(items: Sequence[Item]) -> str:
    """Such as `2 of 14 workloads are refused`."""
    refused = sum(1 for item in items if item.has_findings)
    workloads = "workload is" if len(items) == 1 else "workloads are"
    return f"{refused} of {len(items)} {workloads} refused"


def verdict(item: Item) -> str:
    """What becomes of it, in a word."""
    if not item.allowed:
        return "refused"
    if item.exempt:
        return "exempt"
    if item.warn:
        return "warned"
    return "audited" if item.audit else "allowed"


def _blocks(audit: Audit, view: View) -> Iterator[Block]:
    if audit.namespaces:
        yield _policies(audit.namespaces, view.wide)
    shown = [
        item
        for item in audit.items
        if view.everything or item.has_findings or verdict(item) not in ("refused", "allowed")
    ]
    if shown:
        yield Heading("Workloads")
        yield _workloads(shown)
    if view.wide and any(item.has_findings for item in shown):
        yield Heading("Fields")
        yield _fields(shown)
    yield from _disagreements(shown)
    yield from _rejections(shown)
    yield from matrix_block(audit.namespaces)
    yield from raise_blocks(audit.namespaces)
    yield from fix_blocks(audit.items)


def _policies(namespaces: Sequence[NamespaceFound], wide: bool) -> Table:
    headers = ("NAMESPACE", "ENFORCE", "AUDIT", "WARN", "HIGHEST")
    rows = []
    for space in namespaces:
        modes = [UNKNOWN] * 3
        why: tuple[str, ...] = ("",) if wide else ()
        if space.policy:
            found = (space.policy.enforce, space.policy.audit, space.policy.warn)
            modes = [f"{mode.level}:{mode.version}" for mode in found]
            why = (_sources(found),) if wide else ()
        rows.append((space.name, *modes, space.highest or UNKNOWN, *why))
    return Table((*headers, "WHY") if wide else headers, rows)


def _sources(modes: Sequence[ModePolicy]) -> str:
    named = zip(("enforce", "audit", "warn"), modes, strict=True)
    if len({mode.source for mode in modes}) == 1:
        return modes[0].source
    return ", ".join(f"{name}: {mode.source}" for name, mode in named)


def _workloads(items: Sequence[Item]) -> Table:
    has_source = any(item.source for item in items)
    headers = ("NAMESPACE", "WORKLOAD", "LEVEL", "VERDICT", "HIGHEST", "REASONS")
    rows = [
        (
            *((item.source,) if has_source else ()),
            item.namespace,
            f"{item.kind}/{item.name}",
            f"{item.level}:{item.version}",
            Cell(verdict(item), STYLES.get(verdict(item), "")),
            item.highest,
            _reasons(item),
        )
        for item in items
    ]
    return Table(("SOURCE", *headers) if has_source else headers, rows)


def _reasons(item: Item) -> str:
    findings = [*item.findings, *(f for apart in item.pods for f in apart.findings)]
    told = ", ".join(dict.fromkeys(finding.reason for finding in findings))
    other = item.warn or item.audit
    if told or item.exempt or not other:
        return told or item.exempt
    return f"{other.level}:{other.version}: {', '.join(other.reasons)}"


def _fields(items: Sequence[Item]) -> Table:
    headers = ("NAMESPACE", "WORKLOAD", "CHECK", "LEVEL", "FIELD", "VALUE", "WANT")
    return Table(headers, [row for item in items for row in _field_rows(item)])


def _field_rows(item: Item) -> Iterator[tuple[str, ...]]:
    name = f"{item.kind}/{item.name}"
    for finding in item.findings:
        yield from _of_finding(item, name, finding)
    for apart in item.pods:
        for finding in apart.findings:
            yield from _of_finding(item, f"Pod/{apart.names[0]}", finding)


def _of_finding(item: Item, name: str, finding: Finding) -> Iterator[tuple[str, ...]]:
    from msgspec.json import encode

    for field in finding.fields:
        value = "<none>" if field.value is None else encode(field.value).decode()
        yield item.namespace, name, finding.check, finding.level, field.path, value, field.want


def _disagreements(items: Sequence[Item]) -> Iterator[Block]:
    for item in items:
        for apart in item.pods:
            yield Heading(f"{item.kind}/{item.name}: {_pods(apart.names)} not as the template is")
            yield f"  template: {_said(item.findings)}"
            yield f"  {apart.names[0]}: {apart.text or 'allowed'}"


def _pods(names: Sequence[str]) -> str:
    return f"pod {names[0]} is" if len(names) == 1 else f"{len(names)} pods are"


def _said(findings: Sequence[Finding]) -> str:
    return ", ".join(f"{f.reason} ({f.detail})" for f in findings) or "allowed"


def _rejections(items: Sequence[Item]) -> Iterator[Block]:
    told = [(item, rejection) for item in items for rejection in item.rejections]
    if told:
        yield Heading("Rejected already")
    for item, rejection in told:
        times = f"{rejection.count} times" if rejection.count > 1 else "once"
        yield f"  {item.namespace}/{rejection.object}, {times}, by {rejection.policy}: {rejection.text}"

"""Decisions become a table for people and a document for programs; nothing here reads or writes."""

from collections.abc import Iterator, Sequence

from kubectl_fieldkit.envelope import Envelope, Incomplete
from kubectl_fieldkit.findings import Finding, summary
from kubectl_fieldkit.output import Block, Cell, Heading, Report, Table
from kubectl_proxy_mode.judged import Cluster, Judged, NodeProxy

UNKNOWN, UNSET, NONE = "<unknown>", "<unset>", "<none>"
STYLES = {"observed": "green", "configured": "", "inferred": "yellow", "unknown": "red"}
HEADERS = ("NODE", "MODE", "CERTAINTY", "CONFIGURED", "IMPLEMENTATION", "VERSION", "SOURCE")
WIDE = ("KUBELET", "KERNEL", "OS", "POD")
NAMED = 3  # nodes named before a note that many share; wide names all


class ProxyModeReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl proxy-mode [NODE…]`."""

    nodes: list[NodeProxy]
    findings: list[Finding]


def of_cluster(
    cluster: Cluster, findings: Sequence[Finding], incomplete: Sequence[Incomplete], wide: bool
) -> Report:
    """The answer in all its forms."""
    return Report(
        blocks=lambda: list(_blocks(cluster, findings, wide)),
        document=lambda: ProxyModeReport(
            kind="ProxyModeReport",
            server_version=cluster.server_version,
            incomplete=list(incomplete),
            nodes=[each.answer for each in cluster.judged],
            findings=list(findings),
        ),
        names=lambda: [f"node/{each.answer.name}" for each in cluster.judged],
    )


def _blocks(cluster: Cluster, findings: Sequence[Finding], wide: bool) -> Iterator[Block]:
    headers = (*HEADERS[:-1], *WIDE, HEADERS[-1]) if wide else HEADERS
    yield Table(headers, [_row(each, wide) for each in cluster.judged])
    notes = _notes(cluster.judged)
    if notes:
        yield Heading("Notes")
    for note, nodes in notes.items():
        yield f"  {_named(nodes, len(cluster.judged), wide)}: {note}"
    if any(finding.severity != "info" for finding in findings):
        yield Heading(f"What must change: {summary(findings)} (see kubectl proxy-mode lint)")


def _row(judged: Judged, wide: bool) -> tuple[str | Cell, ...]:
    answer = judged.answer
    return (
        answer.name,
        answer.mode or Cell(UNKNOWN, "dim"),
        Cell(answer.certainty, STYLES[answer.certainty]),
        _configured(answer),
        answer.implementation or Cell(NONE if not judged.pod else UNKNOWN, "dim"),
        answer.version or Cell(UNKNOWN if answer.implementation else "", "dim"),
        *(_machine(judged) if wide else ()),
        answer.source,
    )


def _machine(judged: Judged) -> tuple[str, ...]:
    info = judged.node.status.node_info
    return info.kubelet_version, info.kernel_version, info.operating_system, judged.answer.pod


def _configured(answer: NodeProxy) -> str | Cell:
    if answer.configured is None:
        return Cell(UNKNOWN, "dim")
    differs = answer.observed and answer.configured and answer.observed != answer.configured
    own = differs and answer.observed == answer.mode
    return Cell(answer.configured or UNSET, "red" if own else "" if answer.configured else "dim")


def _notes(judged: Sequence[Judged]) -> dict[str, list[str]]:
    """Each note once, with the nodes that it is about."""
    notes: dict[str, list[str]] = {}
    for each in judged:
        for note in each.answer.notes:
            notes.setdefault(note, []).append(each.answer.name)
    return notes


def _named(nodes: Sequence[str], of: int, wide: bool) -> str:
    if len(nodes) == of > 1:
        return "all nodes"
    if wide or len(nodes) <= NAMED:
        return ", ".join(nodes)
    return f"{', '.join(nodes[:NAMED])} and {len(nodes) - NAMED} more"

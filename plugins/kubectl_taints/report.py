"""Decisions become tables for people and documents for programs; nothing here reads or writes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from kubectl_fieldkit.ages import human_duration
from kubectl_fieldkit.envelope import Envelope, Incomplete
from kubectl_fieldkit.output import Block, Cell, Heading, Report, Table
from kubectl_fieldkit.reading import Source
from kubectl_fieldkit.tolerations import NO_EXECUTE, NO_SCHEDULE
from kubectl_taints.node_taints import NodeTaint, NodeTaints, TaintGroup
from kubectl_taints.standing import PodStanding

Row = Sequence[str | Cell]

EFFECT_STYLES = {NO_EXECUTE: "red", NO_SCHEDULE: "yellow"}
OUTCOME_STYLES = {
    "leaving": "dim",
    "evicted-now": "red",
    "evicted-later": "red",
    "stays-only": "yellow",
}
NONE, UNKNOWN = "<none>", "<unknown>"


class TaintReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl taints [NODE…]`."""

    nodes: list[NodeTaints]


class TaintGroupReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl taints --group`."""

    groups: list[TaintGroup]


def of_nodes(
    nodes: Sequence[NodeTaints],
    incomplete: Sequence[Incomplete],
    source: Source,
    wide: bool,
    in_detail: bool,
) -> Report:
    """The answer about nodes: an overview, or each in detail."""
    return Report(
        blocks=lambda: (
            details(nodes, incomplete, source.now, wide)
            if in_detail
            else overview(nodes, source.now, wide)
        ),
        document=lambda: TaintReport(
            kind="TaintReport",
            server_version=source.server_version,
            incomplete=list(incomplete),
            nodes=list(nodes),
        ),
        names=lambda: [f"node/{node.name}" for node in nodes],
    )


def of_groups(found: Sequence[TaintGroup], source: Source) -> Report:
    """The answer about groups of nodes."""
    return Report(
        blocks=lambda: groups(found),
        document=lambda: TaintGroupReport(
            kind="TaintGroupReport",
            server_version=source.server_version,
            incomplete=[],
            groups=list(found),
        ),
        names=lambda: [f"node/{name}" for group in found for name in group.nodes],
    )


def overview(nodes: Sequence[NodeTaints], now: datetime, wide: bool) -> list[Block]:
    """One row a taint; a node without taints has a row too."""
    headers = ("NODE", "TAINT", "EFFECT", "AGE", "SET BY")
    rows = [row for node in nodes for row in _overview_rows(node, now, wide)]
    return [Table((*headers, "PODS", "TOLERATE IT", "GO") if wide else headers, rows)]


def _overview_rows(node: NodeTaints, now: datetime, wide: bool) -> Iterator[Row]:
    for taint in node.taints:
        counts = _counts(node, taint) if wide else ()
        setter, age = _setter(taint), _age(taint, now)
        yield (node.name, _key(taint), _effect(taint.effect), age, setter, *counts)
    if not node.taints:
        counts = (_count(node.pods), "", "") if wide else ()
        yield (node.name, Cell(NONE, "dim"), "", "", "", *counts)


def _setter(taint: NodeTaint) -> str:
    """Who set it; with a question mark where the node's last writer is only the best guess."""
    name = taint.set_by.name
    return f"{name}?" if name and taint.set_by.certainty == "unknown" else name or UNKNOWN


def _origin(taint: NodeTaint) -> str:
    name = taint.set_by.name
    if name and taint.set_by.certainty == "unknown":
        return f"the list was written last by {name}"
    return f"set by {name}" if name else "set by an unknown hand"


def _counts(node: NodeTaints, taint: NodeTaint) -> tuple[str, ...]:
    """Pods on the node, those that tolerate this taint, those that it makes go now or later."""
    if node.pods is None:
        return (UNKNOWN,) * 3
    spelled = _spell(taint)
    through = [t for pod in node.pods for t in pod.through if t.taint == spelled]
    tolerate = str(sum(1 for t in through if t.toleration)) if through or not node.pods else ""
    going = sum(1 for pod in node.pods if pod.outcome in ("evicted-now", "evicted-later"))
    goes = str(going) if taint.effect == NO_EXECUTE else ""
    return _count(node.pods), tolerate, goes


def _count(pods: Sequence[PodStanding] | None) -> str:
    return UNKNOWN if pods is None else str(len(pods))


def _key(taint: NodeTaint) -> str:
    return f"{taint.key}={taint.value}" if taint.value else taint.key


def _spell(taint: NodeTaint) -> str:
    return f"{_key(taint)}:{taint.effect}"


def _effect(effect: str) -> Cell:
    return Cell(effect, EFFECT_STYLES.get(effect, ""))


def _age(taint: NodeTaint, now: datetime) -> str:
    """The taint's age; with a plus where it is known only that it is at least so old."""
    if taint.present_since is None:
        return UNKNOWN
    age = human_duration((now - taint.present_since).total_seconds())
    return age if taint.time_added else f"{age}+"


def details(
    nodes: Sequence[NodeTaints], incomplete: Sequence[Incomplete], now: datetime, wide: bool
) -> list[Block]:
    """Each node's taints explained, then its pods: who goes, when, and who stays through what."""
    return [block for node in nodes for block in _detail(node, incomplete, now, wide)]


def _detail(
    node: NodeTaints, incomplete: Sequence[Incomplete], now: datetime, wide: bool
) -> Iterator[Block]:
    yield Heading(f"Node {node.name}{_state(node)}")
    if node.cordon:
        yield f"  {node.cordon}"
    if not node.taints and not node.cordoned:
        yield "  no taints: every pod may come here as far as taints go"
    for taint in node.taints:
        yield Heading(f"{_spell(taint)}   {_origin(taint)}, age {_age(taint, now)}")
        yield f"  {taint.meaning}"
    if node.pods is None:
        yield Heading("Pods: unknown")
        yield from (f"  {why(read)}" for read in incomplete)
        return
    yield Heading(f"Pods: {_summary(node.pods)}")
    if node.pods:
        yield _pod_table(node.pods, now, wide)


def _state(node: NodeTaints) -> str:
    words = {"False": "not ready", "Unknown": "unreachable"}
    state = [words[node.ready]] if node.ready in words else []
    state += ["cordoned"] if node.cordoned else []
    return f" ({', '.join(state)})" if state else ""


def why(read: Incomplete) -> str:
    """What was not read, and what would settle it."""
    return f"{read.reason} (to know, it takes {read.settled_by})"


def _summary(pods: Sequence[PodStanding]) -> str:
    words = {
        "leaving": "leaving",
        "evicted-now": "evicted now",
        "evicted-later": "evicted later",
        "stays-only": "stay but could not come back",
        "stays": "stay",
    }
    counts = [
        (sum(1 for pod in pods if pod.outcome == outcome), text) for outcome, text in words.items()
    ]
    return ", ".join(f"{count} {text}" for count, text in counts if count) or "none"


def _pod_table(pods: Sequence[PodStanding], now: datetime, wide: bool) -> Table:
    owner = ("OWNER", "PHASE") if wide else ()
    rows: list[Row] = []
    for pod in pods:
        more = (pod.owner or NONE, pod.phase) if wide else ()
        rows.append((pod.namespace, pod.name, _outcome(pod, now), *more, _through(pod)))
    return Table(("NAMESPACE", "POD", "OUTCOME", *owner, "TOLERATES"), rows)


def _outcome(pod: PodStanding, now: datetime) -> Cell:
    text = {
        "leaving": "leaving",
        "evicted-now": "evicted now",
        "evicted-later": _later(pod, now),
        "stays-only": "stays, could not come back",
        "stays": "stays",
    }[pod.outcome]
    return Cell(text, OUTCOME_STYLES.get(pod.outcome, ""))


def _later(pod: PodStanding, now: datetime) -> str:
    due = pod.evicted_at or pod.evicted_by
    if due is None:
        return f"evicted {human_duration(pod.evicted_after_seconds or 0)} after the taint came"
    left = (due - now).total_seconds()
    if left <= 0:
        return f"evicted now, due {human_duration(-left)} ago{'' if pod.evicted_at else ' or more'}"
    return f"evicted {'in' if pod.evicted_at else 'within'} {human_duration(left)}"


def _through(pod: PodStanding) -> str:
    missing = [f"not {t.taint}{_gate(t.gated)}" for t in pod.through if not t.toleration]
    used = dict.fromkeys(t.toleration for t in pod.through if t.toleration)
    return "; ".join([*missing, *used])


def _gate(gated: str) -> str:
    gate = "TaintTolerationComparisonOperators"
    return f" (unless the server's gate {gate} is on: {gated})" if gated else ""


def groups(found: Sequence[TaintGroup]) -> list[Block]:
    """One row a set of taints."""
    rows: list[Row] = [
        (
            ", ".join(group.taints) or Cell(NONE, "dim"),
            str(len(group.nodes)),
            ", ".join(group.nodes),
        )
        for group in found
    ]
    return [Table(("TAINTS", "COUNT", "NODES"), rows)]

"""Items become screens for people and a document for programs; nothing here reads or writes."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.output import Block, Cell, Code, Heading, Report, Table
from kubectl_why_pending.grouping import NodeGroup, group
from kubectl_why_pending.items import FixItem, NodeItem, PendingItem, PendingReport

NAMED = 3  # nodes of a group that are named
SHOWN = 10  # groups of one pod that are shown
STATE_STYLES = {
    "Unschedulable": "red",
    "NotCreated": "red",
    "Schedulable": "green",
    "Nominated": "yellow",
    "Starting": "yellow",
}


class View(Struct, frozen=True):
    """How much is shown: each node by itself (`wide`), only some nodes, each pod in detail."""

    wide: bool = False
    nodes: tuple[str, ...] = ()
    in_detail: bool = True


def of_items(
    items: Sequence[PendingItem], incomplete: Sequence[Incomplete], version: str, view: View
) -> Report:
    """The whole answer."""
    return Report(
        blocks=lambda: list(_details(items, view)) if view.in_detail else [_overview(items)],
        document=lambda: PendingReport(
            kind="PendingReport",
            server_version=version,
            incomplete=list(incomplete),
            items=list(items),
        ),
        names=lambda: [f"{item.kind.lower()}/{item.name}" for item in items],
    )


def _overview(items: Sequence[PendingItem]) -> Table:
    shared = {id(item.nodes): item for item in items}
    causes = {
        key: _why(item) for key, item in shared.items()
    }  # equal pods share their list of nodes
    rows = [
        (
            item.namespace,
            item.name,
            Cell(item.state, STATE_STYLES.get(item.state, "")),
            causes[id(item.nodes)] if item.nodes else item.headline,
        )
        for item in items
    ]
    return Table(("NAMESPACE", "NAME", "STATE", "WHY"), rows)


def _why(item: PendingItem) -> str:
    """The nearest group's causes for a pod without a node, else the headline."""
    if item.state != "Unschedulable" or not item.nodes:
        return item.headline
    nearest = group(item.nodes)[0]
    return f"{_names(nearest)}: {'; '.join(_causes(nearest))}"


def _details(items: Sequence[PendingItem], view: View) -> Iterator[Block]:
    for item in items:
        yield Heading(f"{item.kind.lower()} {item.namespace}/{item.name}: {item.state}")
        yield f"  {item.headline}"
        if isinstance(item.message, str):
            yield f"  scheduler: {item.message}"
            yield f"  {_agreement(item)}"
        for line in item.uncertain:
            yield f"  not certain: {line}"
        for line in (*item.evidence, *item.autoscaler):
            yield f"  - {line}"
        yield from _nodes(item, view)
        yield from _preemption(item)
        yield from _fixes(item.fixes)
        for line in item.next:
            yield f"  > {line}"


def _agreement(item: PendingItem) -> str:
    said = item.scheduler
    if said.agrees is False:
        return f"the scheduler's own sentence differs ({said.why}): {said.message}"
    return said.why


def _nodes(item: PendingItem, view: View) -> Iterator[Block]:
    nodes = [node for node in item.nodes if not view.nodes or node.name in view.nodes]
    if item.fits:
        yield f"  fits: {_listed(item.fits)}"
    if not nodes:
        return
    if view.wide or view.nodes:
        yield Table(("NODE", "FILTER", "WHY"), [row for node in nodes for row in _rows(node)])
        return
    groups = group(nodes)
    rows = [(_names(each), "; ".join(_causes(each))) for each in groups[:SHOWN]]
    yield Table(("NODES", "WHY NOT"), rows)
    if len(groups) > SHOWN:
        left = sum(len(each.nodes) for each in groups[SHOWN:])
        yield f"  and {left} more nodes for {len(groups) - SHOWN} other causes (-o wide shows each)"


def _rows(node: NodeItem) -> Iterator[tuple[str, str, str]]:
    if not node.failures:
        yield node.name, node.filter, ", ".join(node.reasons)
    for number, failure in enumerate(node.failures):
        name = "" if number else node.name
        yield name, failure.filter, failure.detail or failure.reason


def _names(of: NodeGroup) -> str:
    return _listed([node.name for node in of.nodes])


def _listed(names: Sequence[str]) -> str:
    """Some names, and how many there are beside."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _causes(of: NodeGroup) -> list[str]:
    if not of.failures:
        return of.nodes[0].reasons
    return [failure.detail or failure.reason for failure in of.failures]


def _preemption(item: PendingItem) -> Iterator[Block]:
    candidates = item.preemption.candidates
    if not candidates:
        return
    rows = [
        (node, ", ".join(found.victims), str(found.pdb_violations))
        for node, found in sorted(candidates.items())
    ]
    yield Table(("PREEMPTION ON", "WOULD TAKE", "PDBS BROKEN"), rows)


def _fixes(fixes: Sequence[FixItem]) -> Iterator[Block]:
    if fixes:
        yield "  what would help, each proven by the scheduler's rules:"
    for number, fix in enumerate(fixes, 1):
        yield f"  {number}. {fix.title}"
        yield f"     then it fits {_listed(fix.nodes)}; risk: {fix.risk}"
        if fix.command:
            yield Code("\n".join(f"     {line}" for line in fix.command.split("\n")), "sh")

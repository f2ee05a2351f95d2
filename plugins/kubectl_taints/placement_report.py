"""Placements become tables, YAML to paste, and a document; nothing here reads or writes."""

from collections.abc import Iterable, Iterator, Sequence

from kubectl_fieldkit.ages import human_duration
from kubectl_fieldkit.envelope import Envelope
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.output import Block, Cell, Code, Heading, Report, Table
from kubectl_taints.pasting import toleration_yaml
from kubectl_taints.placement import Acceptance, Against, Placement, Proposal

PASSING = "# what follows comes and goes with a node's state: better mended than tolerated\n"


class TaintPlacementReport(Envelope, frozen=True, kw_only=True):
    """The answer of `kubectl taints --for TARGET…`."""

    workloads: list[Placement]


def of_placements(placements: Sequence[Placement], server_version: str) -> Report:
    """The answer for each workload, in all its forms; its names are the nodes that accept them all."""
    return Report(
        blocks=lambda: [block for placement in placements for block in _blocks(placement)],
        document=lambda: TaintPlacementReport(
            kind="TaintPlacementReport",
            server_version=server_version,
            incomplete=[],
            workloads=list(placements),
        ),
        names=lambda: [f"node/{name}" for name in _accept_all(placements)],
    )


def _accept_all(placements: Sequence[Placement]) -> list[str]:
    refusing = {a.node for p in placements for a in p.nodes if not (a.selected and a.accepts)}
    nodes = [acceptance.node for acceptance in placements[0].nodes] if placements else []
    return [node for node in nodes if node not in refusing]


def _blocks(placement: Placement) -> Iterator[Block]:
    namespace = f" in namespace {placement.namespace}" if placement.namespace else ""
    origin = f" ({placement.origin})" if placement.origin else ""
    yield Heading(f"{placement.kind} {placement.name}{namespace}{origin}")
    selected = [node for node in placement.nodes if node.selected]
    accepting = sum(1 for node in selected if node.accepts)
    of_which = " that it selects" if len(selected) < len(placement.nodes) else ""
    yield f"  {accepting} of {len(selected)} nodes{of_which} accept it as far as taints go"
    rows = [(node.node, _verdict(node), _against(node.against)) for node in placement.nodes]
    yield Table(("NODE", "ACCEPTS", "NOT TOLERATED"), rows)
    if placement.add:
        yield from _proposal(placement)


def _verdict(node: Acceptance) -> Cell:
    if not node.selected:
        return Cell("not selected", "dim")
    if not node.accepts:
        return Cell("no", "red")
    seconds = node.evicted_after_seconds
    if seconds is None:
        return Cell("yes", "green")
    return Cell(f"for {human_duration(seconds)}", "yellow")


def _against(against: Sequence[Against]) -> str:
    return "; ".join(f"{one.taint}{_gate(one.gated)}" for one in against)


def _gate(gated: str) -> str:
    gate = "TaintTolerationComparisonOperators"
    return f" (unless the server's gate {gate} is on: {gated})" if gated else ""


def _proposal(placement: Placement) -> Iterator[Block]:
    listed = _yaml(p for p in placement.add if not p.passing)
    if passing := _yaml(p for p in placement.add if p.passing):
        listed += PASSING + passing
    if placement.tolerations:
        yield Heading(f"To open the others, add to {placement.add_to}.tolerations:")
        yield Code(listed)
    else:
        yield Heading(f"To open the others, add to {placement.add_to}:")
        yield Code(f"tolerations:\n{listed}")


def _yaml(proposals: Iterable[Proposal]) -> str:
    return toleration_yaml(
        Toleration(key=p.key, operator=p.operator, value=p.value, effect=p.effect)
        for p in proposals
    )

"""argv → request → answer: `kubectl taints [NODE…]`."""

import sys
from typing import Any

from msgspec import Struct

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.options import (
    OutputFlags,
    SourceFlags,
    take_output,
    take_source,
)
from kubectl_fieldkit.reading import Source
from kubectl_fieldkit.source import open_source
from kubectl_taints import report
from kubectl_taints.gather import Gathered, all_nodes, named_nodes
from kubectl_taints.node_taints import group_by_taints, judge
from kubectl_taints.specs import is_spec, node_names

NO_NODES = (("help",), ("version",))  # words that other programs take for a command


class ShowTaints(Struct, frozen=True):
    """What the command line asked for: all nodes, those a selector matches, or those named."""

    nodes: tuple[str, ...] = ()
    selector: str = ""
    group: bool = False
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """The overview, or each named node in detail; 1 when a named node is not there."""
        return run(self)


def build(values: dict[str, Any]) -> ShowTaints:
    """The request of the flags' values."""
    source, flags = take_source(values), take_output(values)
    selector = values["selector"] or ""
    taint = next((word for word in values["words"] if is_spec(word)), None)
    if taint is not None:
        hint = 'did you mean "kubectl taints add" or --who?'
        raise UsageError(f'"{taint}" is a taint and not a node', hint)
    nodes = node_names(values["words"], chosen=bool(selector))
    if nodes and selector:
        raise UsageError("a node's name cannot be given together with a selector")
    if nodes and values["group"]:
        raise UsageError("--group is about all nodes, or those of a selector")
    return ShowTaints(nodes, selector, values["group"], source, flags)


def run(request: ShowTaints) -> int:
    """Gather, decide, report, emit; 1 when a named node is not there."""
    with open_source(request.source) as source:
        gathered = _gather(request, source)
        text = output.render(
            _report(request, gathered, source),
            request.output.format,
            entry.screen(request.output.color),
            request.output.headers,
        )
    output.write(text if gathered.nodes or not gathered.missing else "", sys.stdout)
    _talk(request, gathered)
    return 1 if gathered.missing else 0


def _gather(request: ShowTaints, source: Source) -> Gathered:
    if request.nodes:
        return named_nodes(source, request.nodes)
    return all_nodes(source, request.selector, with_pods=request.output.format == "wide")


def _report(request: ShowTaints, gathered: Gathered, source: Source) -> output.Report:
    if request.group:
        return report.of_groups(group_by_taints([node for node, _ in gathered.nodes]), source)
    judged = [judge(node, pods) for node, pods in gathered.nodes]
    wide = request.output.format == "wide"
    return report.of_nodes(judged, gathered.incomplete, source, wide, in_detail=bool(request.nodes))


def _talk(request: ShowTaints, gathered: Gathered) -> None:
    if not gathered.nodes and not gathered.missing:
        entry.tell("No resources found")
    if not request.nodes:
        for read in gathered.incomplete:
            entry.tell(f"Warning: {read.resource} are unknown: {report.why(read)}")
    hint = " (for help: kubectl taints --help)" if request.nodes in NO_NODES else ""
    for err in gathered.missing:
        entry.tell(f"{err.prefix}: {err}{hint}")

"""argv → request → answer: `kubectl taints [NODE…]`."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.options import (
    OutputFlags,
    SourceFlags,
    output_options,
    source_options,
    take_output,
    take_source,
)
from kubectl_fieldkit.reading import Source
from kubectl_fieldkit.source import open_source
from kubectl_fieldkit.verbs import command
from kubectl_taints import report
from kubectl_taints.gather import Gathered, all_nodes, named_nodes
from kubectl_taints.node_taints import group_by_taints, judge

HELP = """What keeps pods off a node, who set it, who may stay, who goes and when?

Without NODE: every node's taints. With NODE: each taint in a sentence, and what becomes of each pod
on the node. An AGE with a plus is a lower bound: only the time of the list's last change is known.
"""
EXAMPLES = """
  kubectl taints                           # all nodes' taints
  kubectl taints worker-0                  # one node, its taints explained, its pods
  kubectl taints -l pool=gpu -o wide       # with the number of pods that tolerate each taint
  kubectl taints --group                   # nodes by equal taints
  kubectl taints --save-snapshot x.gz      # record, and later:
  kubectl taints --snapshot x.gz
"""


@dataclass(frozen=True, slots=True)
class ShowTaints:
    """What the command line asked for: all nodes, those a selector matches, or those named."""

    nodes: tuple[str, ...] = ()
    selector: str = ""
    group: bool = False
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()


def verbs() -> Mapping[str, click.Command]:
    """The plugin's command lines."""
    params = [
        click.Argument(["nodes"], nargs=-1, metavar="[NODE]..."),
        click.Option(
            ["-l", "--selector"],
            metavar="SEL",
            help="Nodes with these labels, as in kubectl get -l.",
        ),
        click.Option(["--group"], is_flag=True, help="Nodes by equal sets of taints."),
        *output_options(),
        *source_options(),
    ]
    return {"": command(_show, params, HELP, EXAMPLES)}


def _show(values: dict[str, Any]) -> ShowTaints:
    source, flags = take_source(values), take_output(values)
    nodes = tuple(_node_name(word) for word in values["nodes"])
    selector = values["selector"] or ""
    if nodes and selector:
        raise UsageError("a node's name cannot be given together with a selector")
    if nodes and values["group"]:
        raise UsageError("--group is about all nodes, or those of a selector")
    return ShowTaints(nodes, selector, values["group"], source, flags)


def _node_name(word: str) -> str:
    kind, slash, name = word.partition("/")
    if not slash:
        return word
    if kind not in ("node", "nodes", "no"):
        raise UsageError(f'"{word}" is not a node')
    return name


def run(request: object) -> int:
    """Gather, decide, report, emit; 1 when a named node is not there."""
    assert isinstance(request, ShowTaints)
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
    for err in gathered.missing:
        entry.tell(f"{err.prefix}: {err}")

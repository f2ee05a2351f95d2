"""argv → request: `kubectl taints add` and `kubectl taints remove`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.options import (
    OUTPUT,
    SOURCE,
    OutputFlags,
    SourceFlags,
    take_output,
    take_source,
)
from kubectl_fieldkit.verbs import Command
from kubectl_taints.changes import TaintChange
from kubectl_taints.specs import node_names, split_words, taints_to_add, taints_to_remove

if TYPE_CHECKING:
    from kubectl_fieldkit.completion.choices import Choice
    from kubectl_fieldkit.completion.line import Cursor
    from kubectl_fieldkit.completion.patience import Patience

ADD_HELP = """Add taints to nodes; a taint that is there already is left as it is.

Before a NoExecute taint takes effect, the forecast shows which pods it evicts, and you are asked.
"""
ADD_EXAMPLES = """
  kubectl taints add worker-0 dedicated=gpu:NoSchedule
  kubectl taints add -l pool=gpu dedicated=gpu:NoSchedule --overwrite
  kubectl taints add worker-0 repair:NoExecute --dry-run=client   # which pods would go?
  kubectl taints add worker-0 repair:NoExecute --yes              # no question
"""
REMOVE_HELP = """Remove taints from nodes; a taint that is not there is no error.

KEY- is every effect of the key; a value does not matter.
"""
REMOVE_EXAMPLES = """
  kubectl taints remove worker-0 dedicated:NoSchedule
  kubectl taints remove --all dedicated-
  kubectl taints remove worker-0 --all-taints
"""


class ChangeTaints(Struct, frozen=True):
    """What to change on which nodes: those named, those a selector matches, or all."""

    asked: TaintChange
    nodes: tuple[str, ...] = ()
    selector: str = ""
    dry_run: Literal["none", "client", "server"] = "none"
    field_manager: str = "kubectl-taints"
    yes: bool = False
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """The forecast, the question, the change."""
        from kubectl_taints.cli.changing import run

        return run(self)


FLAGS = (
    Flag("-l --selector", "Nodes with these labels, as in kubectl get -l.", "SEL"),
    Flag("--all", "All nodes of the cluster.", name="all_nodes"),
    Flag(
        "--dry-run",
        "Change nothing and show the forecast: one of none, client, server.",
        "HOW",
        choices=("none", "client", "server"),
        default="none",
    ),
    Flag(
        "--field-manager",
        "Who the API server is told has written the taints.",
        "NAME",
        default="kubectl-taints",
    ),
    Flag("-y --yes", "Evict without being asked."),
    *OUTPUT,
    *SOURCE,
)


def add_command_line() -> Command:
    """`kubectl taints add`."""
    overwrite = Flag("--overwrite", "Let a taint that is there get another value.")
    usage = "[NODE]... KEY[=VALUE]:EFFECT..."
    return Command(_add, (overwrite, *FLAGS), ADD_HELP, ADD_EXAMPLES, usage, more=_addable)


def remove_command_line() -> Command:
    """`kubectl taints remove`."""
    all_taints = Flag("--all-taints", "Every taint of the nodes.")
    usage = "[NODE]... KEY[:EFFECT]-..."
    return Command(
        _remove, (all_taints, *FLAGS), REMOVE_HELP, REMOVE_EXAMPLES, usage, more=_removable
    )


def _addable(
    cursor: "Cursor", environ: Mapping[str, str], patience: "Patience"
) -> Sequence["Choice"]:
    from kubectl_taints.cli.completing import nodes

    return nodes(cursor, environ, patience)


def _removable(
    cursor: "Cursor", environ: Mapping[str, str], patience: "Patience"
) -> Sequence["Choice"]:
    from kubectl_taints.cli.completing import taints_or_nodes

    return taints_or_nodes(cursor, environ, patience)


def _add(values: dict[str, Any]) -> ChangeTaints:
    nodes, specs = split_words(values["words"])
    _require_taints(specs)
    asked = TaintChange(add=taints_to_add(specs), overwrite=values["overwrite"])
    return _request(asked, nodes, values)


def _remove(values: dict[str, Any]) -> ChangeTaints:
    nodes, specs = split_words(values["words"])
    remove_all = values["all_taints"]
    if remove_all and specs:
        raise UsageError("a taint cannot be named together with --all-taints")
    if not remove_all:
        _require_taints(specs)
    return _request(TaintChange((), taints_to_remove(specs), remove_all), nodes, values)


def _require_taints(specs: tuple[str, ...]) -> None:
    if not specs:
        hint = "a taint has a : or a =, or ends in -"
        raise UsageError("at least one taint update is required", hint)


def _request(asked: TaintChange, words: tuple[str, ...], values: dict[str, Any]) -> ChangeTaints:
    source, output = take_source(values), take_output(values)
    selector, all_nodes = values["selector"] or "", values["all_nodes"]
    nodes = node_names(words, chosen=bool(all_nodes or selector))
    if all_nodes and selector:
        raise UsageError("setting 'all' parameter with a non empty selector is prohibited")
    if nodes and (all_nodes or selector):
        other = "--all" if all_nodes else "a selector"
        raise UsageError(f"a node's name cannot be given together with {other}")
    if not (nodes or all_nodes or selector):
        words_of_kubectl = (
            "at least one resource name must be specified since 'all' parameter is not set"
        )
        raise UsageError(words_of_kubectl, "name nodes, or give -l or --all")
    how = values["dry_run"], values["field_manager"], values["yes"]
    return ChangeTaints(asked, nodes, selector, *how, source, output)

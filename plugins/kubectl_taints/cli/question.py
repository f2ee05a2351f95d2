"""argv → request: `kubectl taints` with a node, a workload or a taint to ask about."""

from typing import TYPE_CHECKING, Any

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
from kubectl_fieldkit.verbs import Command, Request
from kubectl_taints.cli import show

if TYPE_CHECKING:
    from kubectl_fieldkit.targets import Target
    from kubectl_taints.tolerators import Asked

HELP = """What keeps pods off a node, who set it, who may stay, who goes and when?

Without NODE: every node's taints. With NODE: each taint in a sentence, and what becomes of each pod
on the node. An AGE with a plus is a lower bound: only the time of the list's last change is known.
A name with a question mark is who wrote the list last, which may have been another taint.

With --for: which nodes accept a workload as far as taints go, and the tolerations that would open
the others. With --who: which workloads tolerate a taint, in all namespaces unless -n names one.
"""
EXAMPLES = """
  kubectl taints                           # all nodes' taints
  kubectl taints worker-0                  # one node, its taints explained, its pods
  kubectl taints -l pool=gpu -o wide       # with the number of pods that tolerate each taint
  kubectl taints --group                   # nodes by equal taints
  kubectl taints --for deploy/web          # where may it run, and what would it have to tolerate?
  kubectl taints -f app.yaml               # the same before it is applied
  kubectl taints --who gpu=true:NoSchedule # who tolerates this very taint?
  kubectl taints --who gpu                 # who tolerates any taint of this key?
  kubectl taints --save-snapshot x.gz      # record, and later:
  kubectl taints --snapshot x.gz
"""
FILES_AND_NAMES = "when paths, URLs, or stdin is provided as resource input, you may not specify resource arguments as well"


class PlaceWorkloads(Struct, frozen=True):
    """Which nodes accept these workloads: of the cluster, or of manifests?"""

    targets: tuple["Target", ...] = ()
    files: tuple[str, ...] = ()
    selector: str = ""
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """The nodes, and what would open the others."""
        from kubectl_taints.cli.placing import run

        return run(self)


class FindTolerators(Struct, frozen=True):
    """Which workloads tolerate this taint?"""

    asked: "Asked"
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """The workloads and their tolerations."""
        from kubectl_taints.cli.tolerating import run

        return run(self)


def filename_flag(text: str) -> Flag:
    """kubectl's -f."""
    return Flag("-f --filename", text, "FILE|DIR|-", name="files", many=True)


def take_files(values: dict[str, Any]) -> tuple[str, ...]:
    """The values of -f; UsageError for an empty one, which is no path."""
    files: tuple[str, ...] = values["files"]
    if "" in files:
        raise UsageError('the path "" does not exist')
    return files


FLAGS = (
    Flag("-l --selector", "Nodes with these labels, as in kubectl get -l.", "SEL"),
    Flag("--group", "Nodes by equal sets of taints."),
    Flag(
        "--for",
        "Which nodes accept these, such as deploy/web pod/x, or deploy web.",
        "TARGET...",
        name="targets",
        many=True,
        completes="targets",
    ),
    filename_flag("Which nodes accept the workloads of these manifests; - is stdin."),
    Flag(
        "--who",
        "Which workloads tolerate this taint; without an effect, any taint of that key.",
        "KEY[=VALUE][:EFFECT]",
    ),
    *OUTPUT,
    *SOURCE,
)


def command_line() -> Command:
    """The plugin's own question."""
    return Command(_build, FLAGS, HELP, EXAMPLES, "[NODE]...", "nodes...")


def _build(values: dict[str, Any]) -> Request:
    is_placement = bool(values["targets"] or values["files"])
    asks_who = values["who"] is not None
    questions = [asks_who, is_placement, values["group"]]
    if sum(questions) > 1:
        raise UsageError("--for, -f, --who and --group are questions of their own: ask one")
    if asks_who:
        return _who(values)
    return _place(values) if is_placement else show.build(values)


def _place(values: dict[str, Any]) -> PlaceWorkloads:
    from kubectl_fieldkit.targets import parse_targets

    source, flags = take_source(values), take_output(values)
    words, files = (*values["targets"], *values["words"]), take_files(values)
    if words and files:
        raise UsageError(FILES_AND_NAMES)
    targets = parse_targets(words) if words else ()
    return PlaceWorkloads(targets, files, values["selector"] or "", source, flags)


def _who(values: dict[str, Any]) -> FindTolerators:
    from kubectl_taints.tolerators import parse_asked

    source, flags = take_source(values), take_output(values)
    if values["words"] or values["selector"]:
        raise UsageError("--who is about workloads: it takes no node and no selector")
    return FindTolerators(parse_asked(values["who"]), source, flags)

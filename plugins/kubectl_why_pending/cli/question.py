"""argv → request: `kubectl why-pending`."""

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
from kubectl_fieldkit.verbs import Command

if TYPE_CHECKING:
    from kubectl_fieldkit.targets import Target

HELP = """Why has this pod no node (or no containers), and what is the smallest change that gives it one?

Runs kube-scheduler's own filters on the cluster as it is, says for each node why the pod cannot go
there, writes the scheduler's sentence and compares it with what the scheduler said. Without POD: every
pod of the namespace that waits. With -f: pods that do not exist yet, as the API server would make them.
"""
EXAMPLES = """
  kubectl why-pending                        # everything that waits in the namespace of the context
  kubectl why-pending mypod                  # one pod: node by node, and what would help
  kubectl why-pending deploy/web -o wide     # the pods of a workload, every node by itself
  kubectl why-pending mypod --node worker-0  # one node: every filter that refuses the pod
  kubectl why-pending -A                     # an overview of the whole cluster
  kubectl why-pending -f pod.yaml            # before it is applied
  kubectl why-pending mypod --watch          # until it is scheduled
  kubectl why-pending -A --exit-code         # for scripts: 0 nothing waits, 1 something does, 2 could not tell
"""


class ExplainPending(Struct, frozen=True):
    """What is asked about, and how much is told."""

    pods: tuple[str, ...] = ()
    targets: "tuple[Target, ...]" = ()
    files: tuple[str, ...] = ()
    all_namespaces: bool = False
    selector: str = ""
    nodes: tuple[str, ...] = ()
    watch: bool = False
    exit_code: bool = False
    allow_incomplete: bool = False
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """The verdicts."""
        from kubectl_why_pending.cli.answering import run

        return run(self)


FLAGS = (
    Flag("-A --all-namespaces", "Pods of every namespace."),
    Flag("-l --selector", "Pods with these labels.", "SEL"),
    Flag(
        "-f --filename",
        "Pods and workloads of these manifests, as if they were created; - is stdin.",
        "FILE|DIR",
        name="files",
        many=True,
    ),
    Flag(
        "--node",
        "Only this node, with every reason; may be repeated.",
        "NODE",
        many=True,
        completes="nodes",
    ),
    Flag("-w --watch", "Look again until every pod is scheduled."),
    Flag("--exit-code", "1 if something waits, 2 if it could not be told."),
    Flag("--allow-incomplete", "With --exit-code: what could not be read is no reason for 2."),
    *OUTPUT,
    *SOURCE,
)


def command_line() -> Command:
    """The plugin's own question."""
    return Command(_build, FLAGS, HELP, EXAMPLES, "[POD…|TYPE/NAME…]", "pods...")


def _build(values: dict[str, Any]) -> ExplainPending:
    source = take_source(values)
    pods, targets = _named(values["words"])
    _check(values, source)
    return ExplainPending(
        pods=pods,
        targets=targets,
        files=values["files"],
        all_namespaces=values["all_namespaces"],
        selector=values["selector"] or "",
        nodes=values["node"],
        watch=values["watch"],
        exit_code=values["exit_code"],
        allow_incomplete=values["allow_incomplete"],
        source=source,
        output=take_output(values),
    )


def _check(values: dict[str, Any], source: SourceFlags) -> None:
    words, files = values["words"], values["files"]
    if words and (values["all_namespaces"] or values["selector"]):
        raise UsageError("a POD is named by itself: it goes without -A and -l")
    if files and (words or values["selector"] or values["all_namespaces"] or values["watch"]):
        raise UsageError("-f says what it is about: it goes without POD, -l, -A and --watch")
    if values["watch"] and source.snapshot:
        raise UsageError("a snapshot does not change: it goes without --watch")


def _named(words: tuple[str, ...]) -> "tuple[tuple[str, ...], tuple[Target, ...]]":
    """Plain words are pods, unless the first is a kind and others follow (`deploy web`)."""
    if not words:
        return (), ()
    if len(words) == 1 and "/" not in words[0]:
        return words, ()
    from kubectl_fieldkit.targets import find_resource, parse_targets

    if not any("/" in word for word in words):
        try:
            find_resource(words[0].split(",")[0])
        except UsageError:
            return words, ()
    return (), parse_targets(words)

"""argv → request: `kubectl proxy-mode [NODE…]`."""

from typing import Any

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

HELP = """How does service traffic really flow on each node?

Each running kube-proxy is asked for its mode through the API server: by a port-forward, else by
pods/proxy, else its log is read. Where none of them answers, the mode is the one that is configured, and
CERTAINTY says so: observed, configured, inferred (from a default or a sign), unknown. Systems that
replace kube-proxy are named.
"""
EXAMPLES = """
  kubectl proxy-mode                       # every node
  kubectl proxy-mode worker-0 -o wide      # one node, with its kernel, kubelet and kube-proxy's pod
  kubectl proxy-mode -l pool=gpu
  kubectl proxy-mode --no-probe            # what is configured; asks no kube-proxy
  kubectl proxy-mode lint                  # what must change, and before which release
  kubectl proxy-mode --snapshot x.gz       # a recorded cluster, in which nobody can be asked
"""
MANY = 100  # kube-proxies asked at a time
DEFAULT_TIMEOUT = 10.0  # seconds that one way of asking may take


class Probing(Struct, frozen=True):
    """Whether kube-proxies are asked, how many at a time, and whether by nodes/proxy too."""

    wanted: bool = True
    nodes_proxy: bool = False
    concurrency: int = MANY


class ShowModes(Struct, frozen=True):
    """Which nodes: all, those that a selector matches, or those named; and how their kube-proxies are asked."""

    nodes: tuple[str, ...] = ()
    selector: str = ""
    probing: Probing = Probing()
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """The nodes' modes; 1 when a named node is not there."""
        from kubectl_proxy_mode.cli.show import run

        return run(self)


def count(text: str) -> int:
    """A number from 1 on."""
    if not text.isdecimal() or not int(text):
        raise UsageError("it is no number from 1 on")
    return int(text)


PROBING = (
    Flag("--no-probe", "Ask no kube-proxy: say what is configured."),
    Flag(
        "--allow-nodes-proxy",
        "Ask through nodes/proxy too; the right to it lets one run code on every node.",
    ),
    Flag(
        "--concurrency",
        f"How many kube-proxies are asked at a time, by default {MANY}.",
        "N",
        convert=count,
    ),
)
FLAGS = (
    Flag("-l --selector", "Nodes with these labels, as in kubectl get -l.", "SEL"),
    *PROBING,
    *OUTPUT,
    *SOURCE,
)


def take_probing(values: dict[str, Any]) -> Probing:
    """The part of the flags' values that is about asking kube-proxies."""
    if values["no_probe"] and values["allow_nodes_proxy"]:
        raise UsageError("--no-probe asks no kube-proxy, and --allow-nodes-proxy is a way to ask")
    return Probing(
        not values["no_probe"], values["allow_nodes_proxy"], values["concurrency"] or MANY
    )


def take_nodes(values: dict[str, Any]) -> tuple[tuple[str, ...], str]:
    """The nodes named, with or without `node/`, or the selector; UsageError for both."""
    selector, words = values["selector"] or "", values["words"]
    nodes = tuple(_name(word) for word in words)
    if nodes and selector:
        raise UsageError("a node's name cannot be given together with a selector")
    return nodes, selector


def command_line() -> Command:
    """The plugin's own question."""
    return Command(_build, FLAGS, HELP, EXAMPLES, "[NODE]...", "nodes...")


def _build(values: dict[str, Any]) -> ShowModes:
    source, output = take_source(values), take_output(values)
    nodes, selector = take_nodes(values)
    return ShowModes(nodes, selector, take_probing(values), source, output)


def _name(word: str) -> str:
    """`node/x`, `nodes/x` and `no/x` are x, as they are to kubectl."""
    kind, slash, name = word.partition("/")
    if not slash:
        return word
    if kind not in ("node", "nodes", "no"):
        raise UsageError(f'"{word}" is not a node')
    return name

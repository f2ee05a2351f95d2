"""argv → request: `kubectl proxy-mode lint`."""

from typing import Any

from msgspec import Struct

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
from kubectl_proxy_mode.cli.question import PROBING, Probing, take_nodes, take_probing

HELP = """Find what must change, and before which release.

Looks at every node's kube-proxy, asks it for its mode as "kubectl proxy-mode" does, and says what a
later Kubernetes will not do any more, what runs otherwise than it is configured, and what runs twice.
A finding of severity info is a remark: it does not count for --exit-code.
"""
EXAMPLES = """
  kubectl proxy-mode lint                      # the cluster
  kubectl proxy-mode lint -l pool=gpu          # some nodes
  kubectl proxy-mode lint -o wide              # with all the nodes that a finding was seen on
  kubectl proxy-mode lint --no-probe           # by what is configured; asks no kube-proxy
  kubectl proxy-mode lint --exit-code          # 0 nothing found, 1 findings, 2 could not tell
"""


class LintModes(Struct, frozen=True):
    """Which nodes to lint, how their kube-proxies are asked, and what the exit code is to say."""

    nodes: tuple[str, ...] = ()
    selector: str = ""
    probing: Probing = Probing()
    exit_code: bool = False
    allow_incomplete: bool = False
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """The findings."""
        from kubectl_proxy_mode.cli.linting import run

        return run(self)


FLAGS = (
    Flag("-l --selector", "Nodes with these labels, as in kubectl get -l.", "SEL"),
    *PROBING,
    Flag("--exit-code", "Exit 1 for findings, 2 where it cannot be told."),
    Flag("--allow-incomplete", "With --exit-code: what could not be read is no reason for 2."),
    *OUTPUT,
    *SOURCE,
)


def command_line() -> Command:
    """The verb `lint`."""
    return Command(_build, FLAGS, HELP, EXAMPLES, "[NODE]...", "nodes...")


def _build(values: dict[str, Any]) -> LintModes:
    nodes, selector = take_nodes(values)
    return LintModes(
        nodes,
        selector,
        take_probing(values),
        values["exit_code"],
        values["allow_incomplete"],
        take_source(values),
        take_output(values),
    )

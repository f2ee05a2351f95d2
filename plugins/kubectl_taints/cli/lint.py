"""argv → request: `kubectl taints lint`."""

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
from kubectl_taints.cli.question import filename_flag, take_files

HELP = """Find taints and tolerations that do not do what somebody meant.

Looks at the cluster, in all namespaces unless -n names one, or with -f at manifests alone. A finding
of severity info is a remark: it does not count for --exit-code.
"""
EXAMPLES = """
  kubectl taints lint                      # the cluster
  kubectl taints lint -o wide              # with all that was seen
  kubectl taints lint -f app.yaml          # manifests, before they are applied; asks no cluster
  kubectl taints lint --exit-code          # 0 nothing found, 1 findings, 2 could not tell
"""


class LintTaints(Struct, frozen=True):
    """What to lint: a cluster, or these manifests; and what the exit code is to say."""

    files: tuple[str, ...] = ()
    exit_code: bool = False
    allow_incomplete: bool = False
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """The findings."""
        from kubectl_taints.cli.linting import run

        return run(self)


FLAGS = (
    filename_flag("Lint these manifests instead of a cluster; - is stdin."),
    Flag("--exit-code", "Exit 1 for findings, 2 where it cannot be told."),
    Flag("--allow-incomplete", "With --exit-code: what could not be read is no reason for 2."),
    *OUTPUT,
    *SOURCE,
)


def command_line() -> Command:
    """The verb `lint`."""
    return Command(_build, FLAGS, HELP, EXAMPLES)


def _build(values: dict[str, Any]) -> LintTaints:
    source, flags, files = take_source(values), take_output(values), take_files(values)
    if files and (source.snapshot or source.save_snapshot):
        raise UsageError("lint -f asks no cluster: it takes no snapshot")
    return LintTaints(files, values["exit_code"], values["allow_incomplete"], source, flags)

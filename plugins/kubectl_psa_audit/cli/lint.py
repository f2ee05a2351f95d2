"""argv → request: `kubectl psa-audit lint`."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.options import (
    OUTPUT,
    SOURCE,
    OutputFlags,
    SourceFlags,
    take_output,
    take_source,
)
from kubectl_fieldkit.verbs import Command
from kubectl_psa_audit.cli.options import EXIT, SCOPE, check_scope

HELP = """Find Pod Security labels of namespaces that do not do what somebody meant.

Looks at all namespaces unless -n names one, or with -f at the Namespaces among manifests. A finding
of severity info is a remark: it does not count for --exit-code.
"""
EXAMPLES = """
  kubectl psa-audit lint                   # every namespace
  kubectl psa-audit lint -o wide           # with the command that mends each finding
  kubectl psa-audit lint -f namespaces/    # manifests, before they are applied; asks no cluster
  kubectl psa-audit lint --exit-code       # 0 nothing found, 1 findings, 2 could not tell
"""


class LintNamespaces(Struct, frozen=True):
    """Which namespaces to lint, of a cluster or of manifests; and what the exit code is to say."""

    files: tuple[str, ...] = ()
    all_namespaces: bool = False
    namespace_selector: str = ""
    admission_config: Path | None = None
    exit_code: bool = False
    allow_incomplete: bool = False
    source: SourceFlags = SourceFlags()
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """The findings."""
        from kubectl_psa_audit.cli.linting import run

        return run(self)


FLAGS = (*SCOPE, *EXIT, *OUTPUT, *SOURCE)


def command_line() -> Command:
    """The verb `lint`."""
    return Command(_build, FLAGS, HELP, EXAMPLES)


def _build(values: dict[str, Any]) -> LintNamespaces:
    source = take_source(values)
    check_scope(values, source)
    return LintNamespaces(
        values["files"],
        values["all_namespaces"],
        values["namespace_selector"] or "",
        values["admission_config"],
        values["exit_code"],
        values["allow_incomplete"],
        source,
        take_output(values),
    )

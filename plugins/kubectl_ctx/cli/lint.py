"""argv → request: `kubectl ctx lint`."""

import os
from typing import Any

from msgspec import Struct

from kubectl_ctx.cli.options import FILES
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.options import OUTPUT, OutputFlags, take_output
from kubectl_fieldkit.verbs import Command

HELP = """Find what is wrong with the kubeconfigs: nothing is changed, and no server is asked.

Contexts that lead nowhere, names that hide each other, what has expired or cannot be read, secrets
that others can read, locks that were left behind. A finding of severity info is a remark: it does not
count for --exit-code.
"""
EXAMPLES = """
  kubectl ctx lint                  # all files of KUBECONFIG
  kubectl ctx lint -o wide          # with all that was seen
  kubectl ctx lint --exit-code      # 0 nothing found, 1 findings, 2 could not tell
"""
FLAGS = (
    Flag("--exit-code", "Exit 1 for findings, 2 where it cannot be told."),
    *OUTPUT,
    *FILES,
)


class LintKubeconfigs(Struct, frozen=True):
    """Which file to lint, if not all that there are; and what the exit code is to say."""

    kubeconfig: str = ""
    exit_code: bool = False
    output: OutputFlags = OutputFlags()
    allow_incomplete: bool = False  # every file is read, or is a finding

    def run(self) -> int:
        """The findings; 0 unless `--exit-code` asks for more."""
        from kubectl_fieldkit.linting import guard

        return guard(self, self._lint)

    def _lint(self) -> int:
        from kubectl_ctx.lint.gather import read_linted
        from kubectl_ctx.lint.report import KubeconfigLintReport
        from kubectl_ctx.lint.rules import lint
        from kubectl_fieldkit.linting import emit, lint_report

        findings = lint(read_linted(self.kubeconfig, os.environ))
        report = lint_report(KubeconfigLintReport, findings, (), "", self.output.format)
        return emit(self, report, findings, ())


def command_line() -> Command:
    """The verb `lint`."""
    return Command(_build, FLAGS, HELP, EXAMPLES)


def _build(values: dict[str, Any]) -> LintKubeconfigs:
    return LintKubeconfigs(values["kubeconfig"], values["exit_code"], take_output(values))

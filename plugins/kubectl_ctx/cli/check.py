"""`kubectl ctx --check`: do these contexts work, and who am I there?"""

import os
import sys
from typing import NoReturn

from msgspec import Struct

from kubectl_ctx.check_report import report_checks
from kubectl_ctx.checking import ContextCheck, check_contexts
from kubectl_fieldkit import entry, output
from kubectl_fieldkit.errors import FieldkitError, KubeconfigError
from kubectl_fieldkit.findings import COULD_NOT_TELL
from kubectl_fieldkit.kubeconfig.access import load_kubeconfig
from kubectl_fieldkit.kubeconfig.model import Kubeconfig
from kubectl_fieldkit.kubeconfig.unattended import end_all
from kubectl_fieldkit.natural import natural_key
from kubectl_fieldkit.options import OutputFlags
from kubectl_fieldkit.signals import deferred


class CheckContexts(Struct, frozen=True):
    """These contexts, or all of them; the current one where none is named. `timeout` is in seconds."""

    names: tuple[str, ...] = ()
    every: bool = False
    timeout: float = 5.0
    exit_code: bool = False
    kubeconfig: str = ""
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """Prints what came of each; with `--exit-code` 1 where one does not work, 2 for an error."""
        try:
            checks = self._check()
        except FieldkitError as err:
            if not self.exit_code:
                raise
            entry.tell(err.line)
            return COULD_NOT_TELL
        screen = entry.screen(self.output.color)
        answer = report_checks(checks)
        text = output.render(answer, self.output.format, screen, self.output.headers)
        output.write(text, sys.stdout)
        return 1 if self.exit_code and any(check.status != "ok" for check in checks) else 0

    def _check(self) -> list[ContextCheck]:
        """No credential plugin outlives it, a signal or not: they are in sessions of their own."""
        kubeconfig = load_kubeconfig(self.kubeconfig, os.environ)
        names = self._meant(kubeconfig)
        with deferred(_stop):
            try:
                return check_contexts(kubeconfig, names, self.timeout, os.environ)
            finally:
                end_all()

    def _meant(self, kubeconfig: Kubeconfig) -> list[str]:
        if self.every:
            return sorted(kubeconfig.contexts, key=natural_key)
        names = self.names or (kubeconfig.current_context,)
        for name in names:
            if not name:
                raise KubeconfigError("current-context is not set", "name one, or give --all")
            if name not in kubeconfig.contexts:
                from kubectl_ctx.cli.naming import did_you_mean

                hint = did_you_mean(name, kubeconfig.contexts)
                raise KubeconfigError(f'no context exists with the name: "{name}"', hint)
        return list(dict.fromkeys(names))


def _stop(_number: int) -> NoReturn:
    raise KeyboardInterrupt

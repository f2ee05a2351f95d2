"""`kubectl ctx`: the contexts, the current one marked."""

import os
import sys

from msgspec import Struct

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs, read_kubeconfigs
from kubectl_fieldkit.natural import natural_key
from kubectl_fieldkit.options import OutputFlags
from kubectl_fieldkit.untrusted import clean


class ListContexts(Struct, frozen=True):
    """All contexts of all files."""

    kubeconfig: str = ""
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """Prints them in natural order: by name alone unless another format is asked for."""
        kubeconfigs = read_kubeconfigs(self.kubeconfig, os.environ)
        names = sorted(kubeconfigs.contexts, key=natural_key)
        screen = entry.screen(self.output.color)
        if self.output.format == "table":
            output.write(_names(kubeconfigs, names, screen.color), sys.stdout)
            return 0
        from kubectl_ctx.details import details
        from kubectl_ctx.report import report

        answer = report(details(kubeconfigs, names))
        text = output.render(answer, self.output.format, screen, self.output.headers)
        output.write(text, sys.stdout)
        return 0


def _names(kubeconfigs: Kubeconfigs, names: list[str], color: bool) -> str:
    """One a line; on a terminal the current one is yellow."""
    current = kubeconfigs.current_context if color else None
    return "".join(
        f"\033[33;1m{clean(name)}\033[0m\n" if name == current else f"{clean(name)}\n"
        for name in names
    )

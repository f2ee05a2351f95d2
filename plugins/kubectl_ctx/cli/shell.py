"""`kubectl ctx --shell NAME`: a shell with a context of its own."""

import os
import sys
from contextlib import suppress

from msgspec import Struct

from kubectl_ctx.cli.switch import meant
from kubectl_fieldkit import entry
from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.outline import Outline, read_outline
from kubectl_fieldkit.kubeconfig.overlay import caller, make_overlay, variables
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs, read_kubeconfigs
from kubectl_fieldkit.output import write
from kubectl_fieldkit.state import load_state


class OpenShell(Struct, frozen=True):
    """Which context, the current one where there is no name."""

    name: str = ""
    namespace: str = ""
    print_only: bool = False
    kubeconfig: str = ""

    def run(self) -> int:
        """Opens $SHELL and gives its exit status; the overlay goes with it."""
        kubeconfigs = read_kubeconfigs(self.kubeconfig, os.environ)
        state = load_state(kubeconfigs.files, os.environ)
        name = meant(kubeconfigs, state, self.name)
        shell = os.environ.get("SHELL") or os.environ.get("COMSPEC") or "/bin/sh"
        if self.print_only:
            overlay = make_overlay(kubeconfigs, os.environ, name, self.namespace, caller())
            write(_exports(variables(overlay, kubeconfigs.files, os.environ), shell), sys.stdout)
            return 0
        overlay = make_overlay(kubeconfigs, os.environ, name, self.namespace, os.getpid())
        return self._open(shell, overlay, name, kubeconfigs)

    def _open(self, shell: str, overlay: str, name: str, kubeconfigs: Kubeconfigs) -> int:
        from kubectl_fieldkit.process import run_interactive

        entry.tell(f'✔ Context "{name}" in this shell alone; exit leaves it.')
        try:
            added = variables(overlay, kubeconfigs.files, os.environ)
            return run_interactive([shell], os.environ, added)
        except OSError as err:
            reason = (err.strerror or "").lower()
            raise KubeconfigError(f'cannot start "{shell}": {reason}', "set SHELL") from err
        finally:
            _leave(overlay, kubeconfigs)


def _exports(added: dict[str, str], shell: str) -> str:
    """Lines for the calling shell to evaluate."""
    from shlex import quote

    said = "set -gx {} {}\n" if shell.endswith("fish") else "export {}={}\n"
    return "".join(said.format(name, quote(value)) for name, value in added.items())


def _leave(overlay: str, before: Kubeconfigs) -> None:
    """Removes the overlay, unless another program has written something of its own into it."""
    try:
        outline = read_outline(overlay)
    except (OSError, KubeconfigError):
        outline = Outline()
    contexts = [name for name in outline.contexts if name not in before.contexts]
    written = [*contexts, *outline.clusters, *outline.users]
    if not written:
        with suppress(OSError):
            os.unlink(overlay)  # noqa: PTH108
        return
    kept = f"{overlay.removesuffix('.yaml')}.kept"
    os.replace(overlay, kept)  # noqa: PTH105
    names = ", ".join(f'"{name}"' for name in dict.fromkeys(written))
    entry.tell(
        f'warning: other programs wrote {names} into this shell\'s kubeconfig: kept in "{kept}"'
    )

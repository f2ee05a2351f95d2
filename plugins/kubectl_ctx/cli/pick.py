"""Lets somebody at a terminal choose among the contexts."""

import os

from msgspec import Struct

from kubectl_fieldkit.errors import FieldkitError, KubeconfigError
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs, read_kubeconfigs
from kubectl_fieldkit.options import OutputFlags
from kubectl_fieldkit.picker import Choice, can_pick, pick


class PickContext(Struct, frozen=True):
    """Nothing was named: a picker where there is a terminal, else the list."""

    kubeconfig: str = ""
    dry_run: bool = False
    output: OutputFlags = OutputFlags()

    def run(self) -> int:
        """Switches to the one that was picked."""
        if not can_pick(os.environ):
            from kubectl_ctx.cli.list import ListContexts

            return ListContexts(self.kubeconfig, self.output).run()
        from kubectl_ctx.cli.switch import SwitchContext, switch
        from kubectl_fieldkit.state import load_state

        kubeconfigs = read_kubeconfigs(self.kubeconfig, os.environ)
        name = pick_context(kubeconfigs)
        request = SwitchContext(name, "", self.kubeconfig, self.dry_run)
        return switch(request, kubeconfigs, load_state(kubeconfigs.files, os.environ), name)


def pick_context(kubeconfigs: Kubeconfigs, query: str = "") -> str:
    """The name that was chosen; an error where none was."""
    from kubectl_fieldkit.natural import natural_key

    contexts, current = kubeconfigs.contexts, kubeconfigs.current_context
    if not contexts:
        raise KubeconfigError("no contexts found in the kubeconfig")
    choices = [
        Choice(name, contexts[name].namespace, name == current)
        for name in sorted(contexts, key=natural_key)
    ]
    name = pick(choices, query=query, environ=os.environ)
    if name is None:
        raise FieldkitError("you did not choose any of the options")
    return name


def pick_like(kubeconfigs: Kubeconfigs, part: str) -> str:
    """One of the contexts with this in their names, chosen at a terminal; scripts must be exact."""
    like = any(part.casefold() in name.casefold() for name in kubeconfigs.contexts)
    return pick_context(kubeconfigs, part) if like and can_pick(os.environ) else ""

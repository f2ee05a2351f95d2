"""Switches to a context, by its name or to the previous one, and sets its namespace."""

import os
from functools import partial

from msgspec import Struct

from kubectl_fieldkit import entry
from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.changing import change
from kubectl_fieldkit.kubeconfig.edits import set_current_context
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs, read_kubeconfigs
from kubectl_fieldkit.kubeconfig.writing import Change
from kubectl_fieldkit.state import State, load_state, save_state


class SwitchContext(Struct, frozen=True):
    """A name, `-` for the previous context, or nothing for the current one; and a namespace, or none."""

    name: str = ""
    namespace: str = ""
    kubeconfig: str = ""
    dry_run: bool = False

    def run(self) -> int:
        """Switches, and says so on stderr."""
        kubeconfigs = read_kubeconfigs(self.kubeconfig, os.environ)
        state = load_state(kubeconfigs.files, os.environ)
        name = meant(kubeconfigs, state, self.name)
        return switch(self, kubeconfigs, state, name)


def switch(request: SwitchContext, kubeconfigs: Kubeconfigs, state: State, name: str) -> int:
    """Switches to the context of this name, which exists."""
    change(_changes(request, kubeconfigs, name), request.dry_run)
    if request.dry_run:
        return 0
    if request.name:
        entry.tell(f'✔ Switched to context "{name}".')
    if request.namespace:
        entry.tell(f'✔ Active namespace is "{request.namespace}".')
    after = _remembered(request, kubeconfigs, state, name)
    if after != state:
        save_state(kubeconfigs.files, os.environ, after)
    return 0


def meant(kubeconfigs: Kubeconfigs, state: State, word: str) -> str:
    """The context's name that a word means; KubeconfigError where there is none."""
    contexts, name = kubeconfigs.contexts, word
    if not word:
        name = kubeconfigs.current_context
        if not name:
            raise KubeconfigError("current-context is not set", 'choose one with "kubectl ctx"')
    if word == "-" and "-" not in contexts:
        name = state.previous_context
        if not name:
            raise KubeconfigError("failed to switch context: no previous context found")
    if name in contexts:
        return name
    from kubectl_ctx.cli.pick import pick_like

    if word == name and (picked := pick_like(kubeconfigs, name)):
        return picked
    from kubectl_ctx.cli.naming import did_you_mean

    message = f'failed to switch context: no context exists with the name: "{name}"'
    raise KubeconfigError(message, did_you_mean(name, contexts))


def _changes(request: SwitchContext, kubeconfigs: Kubeconfigs, name: str) -> list[Change]:
    """In a --shell the first file is the overlay, and takes both."""
    changes = []
    if name != kubeconfigs.current_context:
        edit = partial(set_current_context, name=name)
        changes.append(Change(kubeconfigs.default_file, edit))
    if request.namespace:
        from kubectl_fieldkit.kubeconfig.overlay import namespace_change

        changes += namespace_change(kubeconfigs, os.environ, name, request.namespace)
    return changes


def _remembered(request: SwitchContext, kubeconfigs: Kubeconfigs, state: State, name: str) -> State:
    """Where one was before; a switch to where one is forgets nothing."""
    before = kubeconfigs.current_context
    if before and before != name:
        state = state.switched(before)
    namespace = kubeconfigs.contexts[name].namespace or "default"
    if request.namespace and request.namespace != namespace:
        state = state.moved(name, namespace, request.namespace)
    return state

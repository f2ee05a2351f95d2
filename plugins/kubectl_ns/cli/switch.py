"""`kubectl ns NAME`: switches, once the cluster knows the name or cannot be asked for it."""

import os

from msgspec import Struct

from kubectl_fieldkit import entry
from kubectl_fieldkit.errors import FieldkitError, KubeconfigError
from kubectl_fieldkit.kubeconfig.changing import change
from kubectl_fieldkit.kubeconfig.overlay import namespace_change
from kubectl_fieldkit.namespace_names import is_name
from kubectl_fieldkit.state import State, load_state, save_state
from kubectl_ns.place import Found, Place

PREVIOUS = "-"


class SwitchNamespace(Struct, frozen=True):
    """Where to go: a name, or `-` for where one was."""

    place: Place
    name: str
    force: bool = False
    dry_run: bool = False

    def run(self) -> int:
        """Switches, and remembers where one was."""
        found = self.place.find()
        state = load_state(found.kubeconfigs.files, os.environ)
        name = self._named(found, state)
        if not self.force:
            name = self._verified(found, name, state.namespaces.get(found.context, []))
        change(namespace_change(found.kubeconfigs, os.environ, found.context, name), self.dry_run)
        if not self.dry_run and name != found.namespace:
            after = state.moved(found.context, found.namespace, name)
            save_state(found.kubeconfigs.files, os.environ, after)
        dry = " (dry run)" if self.dry_run else ""
        entry.tell(f'✔ Active namespace is "{name}"{dry}.')
        return 0

    def _named(self, found: Found, state: State) -> str:
        """The name that was typed or is remembered; nothing else may get into the file."""
        if self.name == PREVIOUS:
            if name := state.previous_namespaces.get(found.context, ""):
                return name
            message = f"No previous namespace found for current context ({found.context})"
            raise KubeconfigError(message)
        if is_name(self.name):
            return self.name
        hint = "lower-case letters, digits and dashes, 63 at most, a letter or digit at both ends"
        raise FieldkitError(f'"{self.name}" cannot be the name of a namespace', hint)

    def _verified(self, found: Found, name: str, used: list[str]) -> str:
        """The name, or at a terminal the one picked among those that are like it."""
        from kubectl_ns.gather import NoSuchNamespace, verify

        try:
            warning = verify(self.place, found.context, name, used)
        except NoSuchNamespace:
            from kubectl_ns.cli.pick import pick_like

            if self.name != PREVIOUS and (picked := pick_like(self.place, name)):
                return picked
            raise
        if warning:
            entry.tell(f"warning: {warning}")
        return name

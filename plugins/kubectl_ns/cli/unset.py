"""`kubectl ns -u`: the context without a namespace of its own."""

import os

from msgspec import Struct

from kubectl_fieldkit import entry
from kubectl_fieldkit.kubeconfig.changing import change
from kubectl_fieldkit.kubeconfig.overlay import namespace_change
from kubectl_fieldkit.state import load_state, save_state
from kubectl_ns.place import DEFAULT, Place


class Unset(Struct, frozen=True):
    """Removes the key."""

    place: Place
    dry_run: bool = False

    def run(self) -> int:
        """Removes it, and remembers what it was."""
        found = self.place.find()
        change(namespace_change(found.kubeconfigs, os.environ, found.context, ""), self.dry_run)
        if not self.dry_run and found.namespace != DEFAULT:
            state = load_state(found.kubeconfigs.files, os.environ)
            after = state.moved(found.context, found.namespace, DEFAULT)
            save_state(found.kubeconfigs.files, os.environ, after)
        dry = " (dry run)" if self.dry_run else ""
        entry.tell(f'✔ Active namespace is "{DEFAULT}"{dry}.')
        return 0

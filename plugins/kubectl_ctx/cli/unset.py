"""Unsets the current context, in whichever files it is."""

import os
from functools import partial

from msgspec import Struct

from kubectl_ctx.cli.inside import keep_inside
from kubectl_fieldkit import entry
from kubectl_fieldkit.kubeconfig.changing import change
from kubectl_fieldkit.kubeconfig.edits import set_current_context
from kubectl_fieldkit.kubeconfig.several import read_kubeconfigs
from kubectl_fieldkit.kubeconfig.writing import Change


class UnsetContext(Struct, frozen=True):
    """No context is to be current, whichever file said one."""

    kubeconfig: str = ""
    dry_run: bool = False

    def run(self) -> int:
        """Takes it out of the file that decides, and of those that would decide then."""
        kubeconfigs = read_kubeconfigs(self.kubeconfig, os.environ)
        saying = [path for path, outline in kubeconfigs.outlines if outline.current_context]
        if not saying:
            entry.tell("current-context is not set: nothing to change")
            return 0
        changes = [Change(path, partial(set_current_context, name="")) for path in saying]
        keep_inside(kubeconfigs, changes)
        change(changes, self.dry_run)
        if self.dry_run:
            return 0
        entry.tell("✔ Active context unset for kubectl.")
        deciding, *others = saying
        if others:
            named = ", ".join(f'"{path}"' for path in others)
            entry.tell(f'"{deciding}" said it; {named} would have taken over, and was unset too')
        return 0

"""Deletes contexts, and with --cascade what nothing else refers to."""

import os
from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from kubectl_ctx.cli.inside import keep_inside
from kubectl_ctx.cli.naming import did_you_mean, with_current
from kubectl_ctx.cli.rename import tell_surfacing
from kubectl_ctx.deleting import Entry, contexts_of, unused
from kubectl_fieldkit import entry
from kubectl_fieldkit.errors import KubeconfigError, UsageError
from kubectl_fieldkit.kubeconfig.changing import change
from kubectl_fieldkit.kubeconfig.edits import delete_entry
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs, read_kubeconfigs
from kubectl_fieldkit.kubeconfig.writing import Change


class DeleteContexts(Struct, frozen=True):
    """The contexts to delete, `.` for the current one; one is picked where none is named."""

    names: tuple[str, ...] = ()
    cascade: bool = False
    kubeconfig: str = ""
    dry_run: bool = False

    def run(self) -> int:
        """Deletes all of them or none, and says so on stderr."""
        kubeconfigs = read_kubeconfigs(self.kubeconfig, os.environ)
        names = _meant(kubeconfigs, self.names) if self.names else [_picked(kubeconfigs)]
        going = contexts_of(kubeconfigs, names)
        cascading = unused(kubeconfigs, going) if self.cascade else []
        changes = [Change(each.path, _edit(each)) for each in [*going, *cascading]]
        keep_inside(kubeconfigs, changes)
        for each in cascading:
            kind = each.section.removesuffix("s")
            entry.tell(f'nothing else refers to {kind} "{each.name}" in "{each.path}": deleting it')
        change(changes, self.dry_run)
        if self.dry_run:
            return 0
        for name in names:
            _tell(kubeconfigs, name)
        return 0


def _edit(each: Entry) -> partial[bytes]:
    return partial(delete_entry, section=each.section, name=each.name)


def _meant(kubeconfigs: Kubeconfigs, words: Sequence[str]) -> list[str]:
    """Each name once; all of them exist."""
    names = list(dict.fromkeys(with_current(kubeconfigs, word) for word in words))
    for name in names:
        if name not in kubeconfigs.contexts:
            message = f'error deleting context "{name}": context does not exist'
            hint = did_you_mean(name, kubeconfigs.contexts)
            raise KubeconfigError(message, hint or "none was deleted")
    return names


def _picked(kubeconfigs: Kubeconfigs) -> str:
    from kubectl_ctx.cli.pick import pick_context
    from kubectl_fieldkit.picker import can_pick

    if not can_pick(os.environ):
        raise UsageError("'-d' needs arguments", "there is no terminal to pick a context at")
    return pick_context(kubeconfigs)


def _tell(kubeconfigs: Kubeconfigs, name: str) -> None:
    entry.tell(f'✔ Deleted context "{name}".')
    tell_surfacing(kubeconfigs, name)
    if name == kubeconfigs.current_context:
        entry.tell(
            'warning: this removed your active context, use "kubectl ctx" to select a different one'
        )

"""Renames a context; current-context follows where it says the old name."""

import os
from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from kubectl_ctx.cli.inside import keep_inside
from kubectl_ctx.cli.naming import did_you_mean, with_current
from kubectl_fieldkit import entry
from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.changing import change
from kubectl_fieldkit.kubeconfig.edits import rename_context, set_current_context
from kubectl_fieldkit.kubeconfig.several import Kubeconfigs, read_kubeconfigs
from kubectl_fieldkit.kubeconfig.writing import Change
from kubectl_fieldkit.state import load_state, save_state

T = TypeVar("T")


class RenameContext(Struct, frozen=True):
    """Old (`.` is the current one) and new name; `typed` is the word NEW=OLD, where it was one."""

    old: str
    new: str
    kubeconfig: str = ""
    dry_run: bool = False
    typed: str = ""

    def run(self) -> int:
        """Renames it, and says so on stderr."""
        kubeconfigs = read_kubeconfigs(self.kubeconfig, os.environ)
        old = with_current(kubeconfigs, self.old)
        _check(kubeconfigs, old, self)
        if old == self.new:
            entry.tell(f'context "{old}" has this name already: nothing to change')
            return 0
        changes = _changes(kubeconfigs, old, self.new)
        keep_inside(kubeconfigs, changes)
        change(changes, self.dry_run)
        if self.dry_run:
            return 0
        entry.tell(f'✔ Context "{old}" renamed to "{self.new}".')
        tell_surfacing(kubeconfigs, old)
        _remember(kubeconfigs, old, self.new)
        return 0


def tell_surfacing(kubeconfigs: Kubeconfigs, name: str) -> None:
    """Warns where a second file defines the context that the first has no more."""
    defining = [path for path, outline in kubeconfigs.outlines if name in outline.contexts]
    if len(defining) > 1:
        entry.tell(f'warning: "{defining[1]}" has a context "{name}" too, which counts from now on')


def _check(kubeconfigs: Kubeconfigs, old: str, request: RenameContext) -> None:
    contexts, new = kubeconfigs.contexts, request.new
    if old not in contexts:
        from shlex import quote

        hint = did_you_mean(old, contexts)
        if request.typed in contexts:
            hint = f"to switch to it: kubectl ctx switch {quote(request.typed)}"
        raise KubeconfigError(f'context "{old}" not found, can\'t rename it', hint)
    if new in contexts and new != old:
        where = contexts[new].origin
        taken = f'the context "{new}" already exists in {where}'
        raise KubeconfigError(f'cannot rename the context "{old}", {taken}')


def _changes(kubeconfigs: Kubeconfigs, old: str, new: str) -> list[Change]:
    rename = partial(rename_context, old=old, new=new)
    changes = [Change(kubeconfigs.contexts[old].origin, rename)]
    if kubeconfigs.current_context == old:
        changes.append(Change(kubeconfigs.deciding_file, partial(set_current_context, name=new)))
    return changes


def _remember(kubeconfigs: Kubeconfigs, old: str, new: str) -> None:
    """What was remembered of the old name is remembered of the new one."""
    state = load_state(kubeconfigs.files, os.environ)
    after = replace(
        state,
        previous_context=new if state.previous_context == old else state.previous_context,
        previous_namespaces=_moved(state.previous_namespaces, old, new),
        namespaces=_moved(state.namespaces, old, new),
    )
    if after != state:
        save_state(kubeconfigs.files, os.environ, after)


def _moved(known: Mapping[str, T], old: str, new: str) -> dict[str, T]:
    return {new if name == old else name: value for name, value in known.items()}

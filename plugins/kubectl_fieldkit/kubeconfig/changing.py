"""A change of kubeconfig files made, or shown as a diff."""

import sys
from collections.abc import Sequence

from kubectl_fieldkit.kubeconfig.writing import Change, apply, preview


def change(changes: Sequence[Change], dry_run: bool) -> None:
    """Makes the changes; in a dry run prints what they would change, and touches nothing."""
    if not dry_run:
        apply(changes)
        return
    from kubectl_fieldkit.kubeconfig.diff import unified
    from kubectl_fieldkit.output import write

    for edited in preview(changes):
        write(unified(edited.path, edited.before, edited.after), sys.stdout)

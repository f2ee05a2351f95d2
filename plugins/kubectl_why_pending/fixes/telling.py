"""A fix as an item."""

from collections.abc import Iterator

from kubectl_why_pending.fixes.change import Change, Fix, is_edit
from kubectl_why_pending.fixes.commands import command_for
from kubectl_why_pending.items import ChangeItem, FixItem
from kubectl_why_pending.objects.pod import Pod


def tell(fix: Fix, pod: Pod) -> FixItem:
    """For this pod: a fix is looked for once for all pods of its shape."""
    return FixItem(
        title="; ".join(change.title for change in fix.changes),
        changes=[_change(change, pod) for change in fix.changes],
        nodes=list(fix.nodes),
        risk="; ".join(dict.fromkeys(change.risk for change in fix.changes)),
        command="\n".join(_commands(fix, pod)),
    )


def _commands(fix: Fix, pod: Pod) -> Iterator[str]:
    """One for each node that changes, and one for all that changes of the pod."""
    yield from (change.command for change in fix.changes if change.command)
    edits = [operation for c in fix.changes if is_edit(c) for operation in c.patch]
    if edits:
        yield command_for(pod, edits)


def _change(change: Change, pod: Pod) -> ChangeItem:
    meta = pod.metadata
    own = is_edit(change)
    return ChangeItem(
        kind=change.kind,
        namespace=meta.namespace if own else change.namespace,
        name=meta.name if own else change.name,
        title=change.title,
        patch=list(change.patch),
    )

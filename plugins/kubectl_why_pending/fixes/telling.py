"""A fix as an item."""

from kubectl_why_pending.fixes.change import Change, Fix
from kubectl_why_pending.items import ChangeItem, FixItem
from kubectl_why_pending.objects.pod import Pod


def tell(fix: Fix, pod: Pod) -> FixItem:
    """For this pod: a fix is looked for once for all pods of its shape."""
    return FixItem(
        title="; ".join(change.title for change in fix.changes),
        changes=[_change(change, pod) for change in fix.changes],
        nodes=list(fix.nodes),
        risk="; ".join(dict.fromkeys(change.risk for change in fix.changes)),
        command="\n".join(change.command for change in fix.changes if change.command),
    )


def _change(change: Change, pod: Pod) -> ChangeItem:
    meta = pod.metadata
    own = change.kind == "Pod"
    return ChangeItem(
        kind=change.kind,
        namespace=meta.namespace if own else change.namespace,
        name=meta.name if own else change.name,
        title=change.title,
        patch=list(change.patch),
    )

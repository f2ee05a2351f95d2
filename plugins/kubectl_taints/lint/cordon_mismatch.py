"""A cordon without its taint, or the taint without a cordon."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.tolerations import NO_SCHEDULE
from kubectl_taints.cordon import UNSCHEDULABLE, compare, has_cordon_taint, is_cordoned
from kubectl_taints.lint.fixes import change_taints, node_subject
from kubectl_taints.lint.linted import NODE_LIST, Linted, Rule


def find(linted: Linted) -> Iterator[Finding]:
    """Warns where the two disagree for longer than the controller needs."""
    for node in linted.nodes:
        cordoned, tainted = is_cordoned(node), has_cordon_taint(node)
        if cordoned == tainted:
            continue
        name, remove = node.metadata.name, f"{UNSCHEDULABLE}:{NO_SCHEDULE}-"
        yield Finding(
            rule=RULE.id,
            severity="warning",
            subject=node_subject(node),
            message=compare(node),
            evidence=[f"spec.unschedulable is {'true' if cordoned else 'false'}"],
            fix=change_taints(("remove", name, remove)) if tainted else None,
        )


RULE = Rule("cordon-mismatch", NODE_LIST, find)

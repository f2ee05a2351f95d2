"""The control plane's old key: kubeadm 1.24 brought the new one, 1.25 gave the old one up (KEP-2067)."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding, Fix
from kubectl_fieldkit.objects.node import Node, Taint
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import NO_SCHEDULE, find_toleration
from kubectl_fieldkit.workloads import Workload
from kubectl_taints.lint.fixes import (
    add_tolerations,
    change_taints,
    node_subject,
    seen_in,
    subject_of,
)
from kubectl_taints.lint.linted import NODE_LIST, WORKLOAD_LISTS, Linted, Rule

OLD, NEW = "node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"
ROLES = (OLD, NEW)


def find(linted: Linted) -> Iterator[Finding]:
    """Warns of nodes with the old key, and of workloads that tolerate it and not the new one.

    Remarks on a workload that tolerates both where no node carries the old one any more.
    """
    carried = False
    for node in linted.nodes:
        for taint in node.spec.taints:
            if taint.key == OLD:
                carried = True
                yield _on_node(node, taint)
    for workload in linted.known_workloads():
        for toleration in workload.spec.tolerations:
            if toleration.key == OLD and (found := _tolerated(workload, toleration, carried)):
                yield found


def _on_node(node: Node, taint: Taint) -> Finding:
    return Finding(
        rule=RULE.id,
        severity="warning",
        subject=node_subject(node),
        message=f"carries the old key {OLD}: workloads for the control plane tolerate {NEW} today",
        evidence=[f"taint {taint}"],
        fix=_rename(node, taint),
    )


def _rename(node: Node, taint: Taint) -> Fix:
    new = Taint(key=NEW, value=taint.value, effect=taint.effect)
    there = any((t.key, t.effect) == (new.key, new.effect) for t in node.spec.taints)
    name = node.metadata.name
    remove = ("remove", name, f"{OLD}:{taint.effect}-")
    return change_taints(remove) if there else change_taints(("add", name, str(new)), remove)


def _tolerated(workload: Workload, toleration: Toleration, carried: bool) -> Finding | None:
    role = Taint(key=NEW, value=toleration.value, effect=toleration.effect or NO_SCHEDULE)
    has_new = find_toleration(workload.spec.tolerations, role) is not None
    if has_new and carried:
        return None
    new = Toleration(
        key=NEW,
        operator=toleration.operator,
        value=toleration.value,
        effect=toleration.effect,
        toleration_seconds=toleration.toleration_seconds,
    )
    only = f"tolerates the old key {OLD} and not {NEW}, which keeps it off the control plane"
    both = f"tolerates the old key {OLD} beside the new one: kubeadm gave it up in 1.25"
    return Finding(
        rule=RULE.id,
        severity="info" if has_new else "warning",
        subject=subject_of(workload),
        message=both if has_new else only,
        evidence=seen_in(workload, toleration),
        fix=None if has_new else add_tolerations(workload, [new]),
    )


RULE = Rule("old-key", NODE_LIST | WORKLOAD_LISTS, find)

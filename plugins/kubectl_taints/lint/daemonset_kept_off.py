"""A DaemonSet that does not run on nodes which it selects, for want of a toleration."""

from collections.abc import Iterator

from kubectl_fieldkit.findings import Finding
from kubectl_fieldkit.node_affinity import selects
from kubectl_fieldkit.objects.node import Node, Taint
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import by_comparison, untolerated
from kubectl_fieldkit.workloads import Workload
from kubectl_taints.lint.fixes import add_tolerations, subject_of
from kubectl_taints.lint.linted import NODE_LIST, Linted, Rule
from kubectl_taints.lint.old_key import ROLES
from kubectl_taints.passing import is_passing
from kubectl_taints.pod_tolerations import add_daemon_tolerations


def find(linted: Linted) -> Iterator[Finding]:
    """Warns of nodes kept back; remarks where only the role of the control plane keeps them back.

    Silent on the states of nodes, which pass. Mirrors NodeShouldRunDaemonPod of
    k8s.io/kubernetes/pkg/controller/daemon/daemon_controller.go.
    """
    for workload in linted.workloads:
        if workload.kind != "DaemonSet" or not workload.own:
            continue
        selected = [node for node in linted.nodes if _selects(workload, node)]
        kept = {node.metadata.name: _against(workload, node) for node in selected}
        kept_off = {name: taints for name, taints in kept.items() if taints}
        if kept_off:
            yield _finding(workload, len(selected), kept_off)


def _selects(workload: Workload, node: Node) -> bool:
    named = workload.spec.node_name in ("", node.metadata.name)
    return named and selects(workload.spec, node.metadata)


def _against(workload: Workload, node: Node) -> list[Taint]:
    """The lasting taints that keep it off; not those where a gate of the server decides."""
    tolerations = add_daemon_tolerations(workload.spec)
    return [
        taint
        for taint in untolerated(node.spec.taints, tolerations)
        if not is_passing(taint) and not by_comparison(taint, tolerations)
    ]


def _finding(workload: Workload, selected: int, kept_off: dict[str, list[Taint]]) -> Finding:
    taints = [taint for against in kept_off.values() for taint in against]
    wanted = dict.fromkeys(
        Toleration(key=t.key, operator="Equal", value=t.value, effect=t.effect) for t in taints
    )
    return Finding(
        rule=RULE.id,
        severity="info" if all(taint.key in ROLES for taint in taints) else "warning",
        subject=subject_of(workload),
        message=f"kept off {len(kept_off)} of the {selected} nodes that it selects",
        evidence=[
            f"node/{name} has {', '.join(map(str, against))}" for name, against in kept_off.items()
        ],
        fix=add_tolerations(workload, list(wanted)),
    )


RULE = Rule("daemonset-kept-off", NODE_LIST | {"daemonsets"}, find)

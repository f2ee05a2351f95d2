"""Changes of a node that is there: uncordon it, label it, take its taints away."""

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote

from msgspec import to_builtins

from kubectl_fieldkit.node_affinity import matches_any
from kubectl_fieldkit.objects.affinity import (
    NodeSelector,
    NodeSelectorRequirement,
    NodeSelectorTerm,
)
from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.tolerations import untolerated
from kubectl_why_pending.fixes import costs
from kubectl_why_pending.fixes.change import Change, Operation, escaped
from kubectl_why_pending.objects.node import Node
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.filters.node_unschedulable import CORDON

Labels = dict[str, str | None]  # None: without it

HOSTNAME = "kubernetes.io/hostname"
# A controller sets these from the node's condition, and sets them again: the condition is what to mend.
CONTROLLED = (
    "node.kubernetes.io/",
    "node.cloudprovider.kubernetes.io/",
    "ToBeDeletedByClusterAutoscaler",
    "DeletionCandidateOfClusterAutoscaler",
    "karpenter.sh/disrupted",
    "karpenter.sh/unregistered",
)
CONTROL_PLANE = ("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master")
# Facts about the machine: another value would be a lie, and the kubelet or the cloud sets them again.
FACTS = (
    "kubernetes.io/",
    "beta.kubernetes.io/",
    "node.kubernetes.io/",
    "topology.",
    "failure-domain.",
)


def is_controlled(taint: Taint) -> bool:
    """Whether a controller puts the taint back."""
    return taint.key.startswith(CONTROLLED)


def refusing_taints(pod: Pod, node: Node) -> list[Taint]:
    """The taints that keep the pod off; not that of a cordon, which goes with the cordon."""
    taints = untolerated(node.spec.taints, pod.spec.tolerations)
    return [taint for taint in taints if not (node.spec.unschedulable and taint.key == CORDON.key)]


def uncordon(node: Node) -> Change:
    """With the cordon its taint goes, which the node lifecycle controller sees to."""
    operations: list[Operation] = [{"op": "remove", "path": "/spec/unschedulable"}]
    left = [taint for taint in node.spec.taints if taint.key != CORDON.key]
    if len(left) < len(node.spec.taints):
        operations.append(_set_taints(left))
    name = node.metadata.name
    return _change(
        name,
        f"uncordon {name}",
        operations,
        ("uncordon", costs.UNCORDON),
        "it was cordoned for a reason, and other pods may come to it too",
        f"kubectl uncordon {quote(name)}",
    )


def remove_taints(node: Node, taints: Sequence[Taint]) -> Change | None:
    """None where a controller puts one of them back."""
    if any(map(is_controlled, taints)):
        return None
    name = node.metadata.name
    left = [other for other in node.spec.taints if other not in taints]
    words = " ".join(quote(f"{taint.key}:{taint.effect}-") for taint in taints)
    return _change(
        name,
        f"remove the taint {', '.join(map(str, taints))} of {name}",
        [_set_taints(left)],
        ("remove taint", costs.TAINT),
        _risk_without(taints),
        f"kubectl taint node {quote(name)} {words}",
    )


def _risk_without(taints: Sequence[Taint]) -> str:
    where = "this node"
    if any(taint.key in CONTROL_PLANE for taint in taints):
        where += ", beside the control plane"
    return f"every pod that does not tolerate it may come to {where}"


def _set_taints(taints: list[Taint]) -> Operation:
    if not taints:
        return {"op": "remove", "path": "/spec/taints"}
    return {"op": "add", "path": "/spec/taints", "value": to_builtins(taints)}


def label(node: Node, wanted: Labels) -> Change | None:
    """None where there is nothing to set, or where it would be a lie about the machine."""
    name, labels = node.metadata.name, node.metadata.labels
    wrong = {key: value for key, value in wanted.items() if labels.get(key) != value}
    if not wrong or any(key.startswith(FACTS) for key in wrong):
        return None
    titles = [f"{k}={v}" if v is not None else f"no {k}" for k, v in wrong.items()]
    words = [f"{k}={v}" if v is not None else f"{k}-" for k, v in wrong.items()]
    overwrite = " --overwrite" if any(labels.get(key) and wrong[key] for key in wrong) else ""
    return _change(
        name,
        f"label {name} {', '.join(titles)}",
        _set_labels(labels, wrong),
        ("label", costs.LABEL),
        "pods that select by it may come, or stay away, too",
        f"kubectl label node {quote(name)} {' '.join(map(quote, words))}{overwrite}",
    )


def _set_labels(labels: Mapping[str, str], wrong: Labels) -> list[Operation]:
    if not labels:
        return [{"op": "add", "path": "/metadata/labels", "value": wrong}]
    return [
        {"op": "remove", "path": f"/metadata/labels/{escaped(key)}"}
        if value is None
        else {"op": "add", "path": f"/metadata/labels/{escaped(key)}", "value": value}
        for key, value in wrong.items()
    ]


def labels_wanted(pod: Pod, node: Node) -> Iterator[Labels]:
    """Sets of labels that would meet nodeSelector and one of the terms, for terms that labels can meet."""
    selector: Labels = dict(pod.spec.node_selector)
    required = pod.spec.affinity.node_affinity.required
    if required is None or matches_any(required, node.metadata):
        yield selector
        return
    for term in required.node_selector_terms:
        labels = _meeting(term, node)
        if labels is not None:
            yield {**labels, **selector}


def _meeting(term: NodeSelectorTerm, node: Node) -> Labels | None:
    if term.match_fields or not term.match_expressions:
        return None
    labels: Labels = {}
    for clause in failing(term, node):
        match clause.operator:
            case "In" if clause.values:
                labels[clause.key] = clause.values[0]
            case "Exists":
                labels.setdefault(clause.key, "true")
            case "NotIn" | "DoesNotExist":
                labels.setdefault(clause.key, None)
            case _:
                return None
    return labels


def failing(term: NodeSelectorTerm, node: Node) -> list[NodeSelectorRequirement]:
    """The clauses about labels that the node does not meet."""
    return [
        clause
        for clause in term.match_expressions
        if not matches_any(NodeSelector([NodeSelectorTerm([clause])]), node.metadata)
    ]


def _change(
    name: str,
    title: str,
    operations: Sequence[Operation],
    sort: tuple[str, int],
    risk: str,
    command: str,
) -> Change:
    return Change("Node", "", name, title, tuple(operations), *sort, risk, command)

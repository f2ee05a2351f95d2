"""Changes of a node: uncordon it, label it, take a taint away, or have another like it."""

from collections.abc import Iterator
from shlex import quote

from msgspec import to_builtins

from kubectl_fieldkit.objects.affinity import NodeSelectorTerm
from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.tolerations import untolerated
from kubectl_why_pending.fixes.change import Change, escaped
from kubectl_why_pending.objects.node import Node
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.filters.node_unschedulable import CORDON

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


def is_controlled(taint: Taint) -> bool:
    """Whether a controller puts the taint back."""
    return taint.key.startswith(CONTROLLED)


def uncordon(node: Node) -> Change:
    """With the cordon its taint goes, which the node lifecycle controller sees to."""
    operations = [{"op": "remove", "path": "/spec/unschedulable"}]
    left = [taint for taint in node.spec.taints if taint.key != CORDON.key]
    if len(left) < len(node.spec.taints):
        operations.append(_set_taints(left))  # type: ignore[arg-type]  # a value that is a list
    name = node.metadata.name
    risk = "other pods may come to it too; it was cordoned for a reason"
    return Change(
        "Node",
        "",
        name,
        f"uncordon {name}",
        tuple(operations),
        3,
        risk,
        f"kubectl uncordon {quote(name)}",
    )


def remove_taint(node: Node, taint: Taint) -> Change | None:
    """None for a taint that a controller puts back."""
    if is_controlled(taint):
        return None
    name = node.metadata.name
    left = [other for other in node.spec.taints if other != taint]
    command = f"kubectl taint node {quote(name)} {quote(f'{taint.key}:{taint.effect}-')}"
    risk = "every pod that does not tolerate it may come to this node"
    return Change(
        "Node",
        "",
        name,
        f"remove the taint {taint} of {name}",
        (_set_taints(left),),
        4,
        risk,
        command,
    )


def _set_taints(taints: list[Taint]) -> dict[str, object]:
    if not taints:
        return {"op": "remove", "path": "/spec/taints"}
    return {"op": "add", "path": "/spec/taints", "value": to_builtins(taints)}


def label(node: Node, wanted: dict[str, str]) -> Change | None:
    """None where there is nothing to set, or a label is the node's own name."""
    name, labels = node.metadata.name, node.metadata.labels
    missing = {key: value for key, value in wanted.items() if labels.get(key) != value}
    if not missing or HOSTNAME in missing:
        return None
    operations: tuple[dict[str, object], ...]
    if labels:
        operations = tuple(
            {"op": "add", "path": f"/metadata/labels/{escaped(key)}", "value": value}
            for key, value in missing.items()
        )
    else:
        operations = ({"op": "add", "path": "/metadata/labels", "value": missing},)
    words = " ".join(quote(f"{key}={value}") for key, value in missing.items())
    title = f"label {name} {', '.join(f'{k}={v}' for k, v in missing.items())}"
    risk = "other pods that select the label may come too, and those that avoid it may not"
    command = f"kubectl label node {quote(name)} {words} --overwrite"
    return Change("Node", "", name, title, operations, 2, risk, command)


def labels_wanted(pod: Pod) -> Iterator[dict[str, str]]:
    """Sets of labels that would meet nodeSelector and one of the terms, for terms that labels can meet."""
    required = pod.spec.affinity.node_affinity.required
    if required is None:
        yield dict(pod.spec.node_selector)
        return
    for term in required.node_selector_terms:
        labels = _meeting(term)
        if labels is not None:
            yield {**labels, **pod.spec.node_selector}


def _meeting(term: NodeSelectorTerm) -> dict[str, str] | None:
    if term.match_fields or not term.match_expressions:
        return None
    labels: dict[str, str] = {}
    for clause in term.match_expressions:
        if clause.operator == "In" and clause.values:
            labels[clause.key] = clause.values[0]
        elif clause.operator == "Exists":
            labels.setdefault(clause.key, "true")
        else:
            return None
    return labels


def add_node_like(node: Node) -> Change:
    """An empty node of the same size, labels and taints."""
    name = f"{node.metadata.name}-more"
    document = to_builtins(Node(metadata=node.metadata, spec=node.spec, status=node.status))
    document |= {"apiVersion": "v1", "kind": "Node"}
    document["metadata"] = {"name": name, "labels": {**node.metadata.labels, HOSTNAME: name}}
    document.get("status", {}).pop("conditions", None)
    title = f"add a node like {node.metadata.name}"
    operation = {"op": "add", "path": "", "value": document}
    return Change("Node", "", name, title, (operation,), 5, "it costs a machine", "")


def refusing_taints(pod: Pod, node: Node) -> list[Taint]:
    """The taints that keep the pod off."""
    return untolerated(node.spec.taints, pod.spec.tolerations)

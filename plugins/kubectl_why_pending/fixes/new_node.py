"""One more node: an empty copy of one that is only full, cordoned or ill."""

from collections.abc import Iterator

from msgspec import to_builtins

from kubectl_why_pending.fixes import costs
from kubectl_why_pending.fixes.change import WHOLE, Change
from kubectl_why_pending.fixes.of_node import HOSTNAME, is_controlled
from kubectl_why_pending.objects.node import Node
from kubectl_why_pending.scheduler.cluster import Cluster
from kubectl_why_pending.scheduler.node_info import NodeInfo


def new_nodes(cluster: Cluster) -> Iterator[Change]:
    """One like each class of nodes (size, labels, taints), the smallest first."""
    classes = {_class_of(node): node for node in cluster.nodes.values()}
    for node in sorted(classes.values(), key=_size):
        yield add_node_like(node.node, _free_name(node.name, cluster))


def _class_of(node: NodeInfo) -> tuple[object, ...]:
    labels = ((key, value) for key, value in node.labels.items() if key != HOSTNAME)
    taints = (str(taint) for taint in node.node.spec.taints if not is_controlled(taint))
    return (*sorted(node.allocatable.items()), *sorted(labels), *sorted(taints))


def _size(node: NodeInfo) -> tuple[int, int, str]:
    return node.allocatable.get("cpu", 0), node.allocatable.get("memory", 0), node.name


def _free_name(name: str, cluster: Cluster) -> str:
    more = f"{name}-more"
    while more in cluster.nodes:
        more += "-more"
    return more


def add_node_like(node: Node, name: str) -> Change:
    """Empty, of the same size, with the same labels and those taints that a node is made with."""
    document = {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": {**node.metadata.labels, HOSTNAME: name}},
        "spec": {"taints": [to_builtins(t) for t in node.spec.taints if not is_controlled(t)]},
        "status": {
            "allocatable": dict(node.status.allocatable),
            "declaredFeatures": list(node.status.declared_features),
        },
    }
    return Change(
        "Node",
        "",
        name,
        f"add a node like {node.metadata.name}",
        ({"op": "add", "path": WHOLE, "value": document},),
        "add node",
        costs.NEW_NODE,
        "it costs a machine",
    )

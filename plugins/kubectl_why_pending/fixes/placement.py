"""Changes of the pod's nodeSelector and required node affinity: as little as lets one node be chosen."""

from kubectl_fieldkit.node_affinity import selects
from kubectl_why_pending.fixes.change import Change, Operation, escaped, patched
from kubectl_why_pending.fixes.of_node import failing
from kubectl_why_pending.fixes.of_pod import REQUIRED, edit
from kubectl_why_pending.objects.node import Node
from kubectl_why_pending.objects.pod import Pod, PodSpec

PATH = f"/spec/affinity/nodeAffinity/{REQUIRED}"
SORT = "node affinity"
RISK = "the pod may then run on nodes that it was kept from"

Edit = tuple[list[str], list[Operation]]  # what is done, in words and as patches


def choose(pod: Pod, node: Node) -> Change | None:
    """What lets the pod choose the node: labels no longer wanted, and a term that takes more.

    None for a DaemonSet's pod, which its controller ties to the node.
    """
    titles, operations = _without_labels(pod, node)
    if not selects(PodSpec(affinity=pod.spec.affinity), node.metadata):
        if any(owner.kind == "DaemonSet" for owner in pod.metadata.owner_references):
            return None
        more = _wider_term(pod, node) or _without_affinity()
        titles, operations = [*titles, *more[0]], [*operations, *more[1]]
    return edit(pod, SORT, "; ".join(titles), operations, RISK) if operations else None


def choose_any(pod: Pod) -> Change | None:
    """The required node affinity dropped: it names nodes that are not there."""
    if pod.spec.affinity.node_affinity.required is None:
        return None
    if any(owner.kind == "DaemonSet" for owner in pod.metadata.owner_references):
        return None
    titles, operations = _without_affinity()
    return edit(pod, SORT, titles[0], operations, RISK)


def _without_labels(pod: Pod, node: Node) -> Edit:
    selector, labels = pod.spec.node_selector, node.metadata.labels
    wrong = [key for key, value in selector.items() if labels.get(key) != value]
    if not wrong:
        return [], []
    title = f"drop nodeSelector {', '.join(f'{key}={selector[key]}' for key in wrong)}"
    if len(wrong) == len(selector):
        return [title], [{"op": "remove", "path": "/spec/nodeSelector"}]
    paths = (f"/spec/nodeSelector/{escaped(key)}" for key in wrong)
    return [title], [{"op": "remove", "path": path} for path in paths]


def _without_affinity() -> Edit:
    return ["drop the required node affinity"], [{"op": "remove", "path": PATH}]


def _wider_term(pod: Pod, node: Node) -> Edit | None:
    """The nearest term with the node's values allowed, or a clause less; None where that does not do."""
    required = pod.spec.affinity.node_affinity.required
    terms = required.node_selector_terms if required else []
    wrong = {i: failing(t, node) for i, t in enumerate(terms) if not t.match_fields}
    nearest = min((i for i in wrong if wrong[i]), key=lambda i: len(wrong[i]), default=None)
    if nearest is None:
        return None
    titles: list[str] = []
    operations: list[Operation] = []
    clauses = list(enumerate(terms[nearest].match_expressions))
    for j, clause in reversed(clauses):
        if clause not in wrong[nearest]:
            continue
        path = f"{PATH}/nodeSelectorTerms/{nearest}/matchExpressions/{j}"
        there = node.metadata.labels.get(clause.key)
        if clause.operator == "In" and there is not None:
            titles.append(f"let the node affinity allow {clause.key}={there}")
            operations.append({"op": "add", "path": f"{path}/values/-", "value": there})
        else:
            titles.append(f"drop {clause.key} {clause.operator} from the node affinity")
            operations.append({"op": "remove", "path": path})
    found = (titles, operations)
    return found if _is_chosen(pod, node, operations) else None


def _is_chosen(pod: Pod, node: Node, operations: list[Operation]) -> bool:
    spec = patched(pod, operations).spec
    return selects(PodSpec(affinity=spec.affinity), node.metadata)

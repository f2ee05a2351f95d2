"""Changes of the pod: what it tolerates, insists on and avoids."""

from collections.abc import Iterator, Sequence

from msgspec import to_builtins

from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_why_pending.fixes import costs
from kubectl_why_pending.fixes.change import Change, Operation
from kubectl_why_pending.fixes.of_node import is_controlled
from kubectl_why_pending.objects.affinity import PodAffinityTerm
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.filters.node_ports import NodePorts
from kubectl_why_pending.scheduler.node_info import NodeInfo
from kubectl_why_pending.scheduler.pod_info import host_port

REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"


def edit(pod: Pod, sort: str, title: str, operations: Sequence[Operation], risk: str) -> Change:
    """A change of the pod itself; its command is made later, of all its edits together."""
    meta = pod.metadata
    patch = tuple(operations)
    return Change("Pod", meta.namespace, meta.name, title, patch, sort, costs.POD_EDIT, risk)


def tolerate(pod: Pod, taints: Sequence[Taint]) -> Change | None:
    """A toleration for each; None where a controller set one: the node's condition is what to mend."""
    if any(map(is_controlled, taints)):
        return None
    values = to_builtins([Toleration(t.key, "Equal", t.value, t.effect) for t in taints])
    operations: list[Operation] = [
        {"op": "add", "path": "/spec/tolerations/-", "value": value} for value in values
    ]
    if not pod.spec.tolerations:
        operations = [{"op": "add", "path": "/spec/tolerations", "value": values}]
    names = ", ".join(map(str, taints))
    risk = "the pod may then go to every node with that taint"
    return edit(pod, "tolerate", f"tolerate {names}", operations, risk)


def drop_host_ports(pod: Pod, node: NodeInfo) -> Change | None:
    """Those that are taken there; none of a pod in the host's network, whose ports are the node's own."""
    operations: list[Operation] = []
    names = []
    for field, containers in (
        ("containers", pod.spec.containers),
        ("initContainers", pod.spec.init_containers),
    ):
        for i, container in enumerate(containers):
            for j, port in enumerate(container.ports):
                if port.host_port > 0 and NodePorts([host_port(port)]).filter(node):
                    path = f"/spec/{field}/{i}/ports/{j}/hostPort"
                    operations.append({"op": "remove", "path": path})
                    names.append(f"{port.host_port}/{port.protocol or 'TCP'}")
    if pod.spec.host_network or not operations:
        return None
    risk = "who reaches the pod by the node's address needs another way, such as a Service"
    title = f"do without host port {', '.join(dict.fromkeys(names))}"
    return edit(pod, "host port", title, operations, risk)


def relax_spread(pod: Pod) -> Iterator[Change]:
    """Each hard constraint made a preference; and all of them."""
    constraints = pod.spec.topology_spread_constraints
    hard = [i for i, c in enumerate(constraints) if c.when_unsatisfiable == "DoNotSchedule"]
    for chosen in [[i] for i in hard] + ([hard] if len(hard) > 1 else []):
        keys = ", ".join(constraints[i].topology_key for i in chosen)
        operations: list[Operation] = [
            {
                "op": "replace",
                "path": f"/spec/topologySpreadConstraints/{i}/whenUnsatisfiable",
                "value": "ScheduleAnyway",
            }
            for i in chosen
        ]
        title = f"make the spread over {keys} a preference"
        risk = "its pods may lie unevenly over the domains"
        yield edit(pod, "spread", title, operations, risk)


def relax_pod_affinity(pod: Pod) -> Iterator[Change]:
    """Each required term on pods dropped; and all of them."""
    affinity = pod.spec.affinity
    for field, words, terms in (
        ("podAffinity", "join", affinity.pod_affinity.required),
        ("podAntiAffinity", "avoid", affinity.pod_anti_affinity.required),
    ):
        path = f"/spec/affinity/{field}/{REQUIRED}"
        risk = "the pod may then run apart from, or beside, pods that it was tied to"
        if len(terms) > 1 and not any(_is_completed(term) for term in terms):
            for i, term in enumerate(terms):
                title = f"no longer {words} pods per {term.topology_key} ({field} term {i + 1})"
                yield edit(pod, field, title, [{"op": "remove", "path": f"{path}/{i}"}], risk)
        if terms:
            keys = ", ".join(dict.fromkeys(term.topology_key for term in terms))
            title = f"no longer {words} pods per {keys} (all of required {field})"
            yield edit(pod, field, title, [{"op": "remove", "path": path}], risk)


def _is_completed(term: PodAffinityTerm) -> bool:
    """Whether the API server wrote more into the term than its template has."""
    return bool(term.match_label_keys or term.mismatch_label_keys)

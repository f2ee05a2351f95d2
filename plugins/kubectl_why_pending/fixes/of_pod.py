"""Changes of the pod: what it asks for, tolerates, insists on and avoids."""

import json
from collections.abc import Iterator, Sequence
from shlex import quote
from typing import Any

from msgspec import to_builtins

from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.quantity import NANO, nanos
from kubectl_why_pending.fixes.change import Change, Operation, escaped
from kubectl_why_pending.fixes.of_node import is_controlled
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.amounts import in_words
from kubectl_why_pending.scheduler.filters.node_resources_fit import Shortage

REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
HASH = "pod-template-hash"
TEMPLATED = ("StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController")


def tolerate(pod: Pod, taints: Sequence[Taint]) -> Change | None:
    """A toleration for each; None where a controller set one: the node's condition is what to mend."""
    if any(is_controlled(taint) for taint in taints):
        return None
    added = [Toleration(t.key, "Equal", t.value, t.effect) for t in taints]
    values = to_builtins(added)
    operations: list[Operation] = [
        {"op": "add", "path": "/spec/tolerations/-", "value": value} for value in values
    ]
    if not pod.spec.tolerations:
        operations = [{"op": "add", "path": "/spec/tolerations", "value": values}]
    names = ", ".join(map(str, taints))
    risk = "the pod may then go to every node with that taint"
    return _edit(pod, f"tolerate {names}", operations, 1, risk)


def drop_node_selector(pod: Pod, node_labels: dict[str, str]) -> Change | None:
    """Of nodeSelector the labels that the node has not, of required affinity all of it."""
    selector = pod.spec.node_selector
    wrong = [key for key, value in selector.items() if node_labels.get(key) != value]
    operations: list[Operation] = [
        {"op": "remove", "path": f"/spec/nodeSelector/{escaped(key)}"} for key in wrong
    ]
    if wrong and len(wrong) == len(selector):
        operations = [{"op": "remove", "path": "/spec/nodeSelector"}]
    if not wrong:
        return None
    dropped = ", ".join(f"{key}={selector[key]}" for key in wrong)
    risk = "the pod may then run on nodes that it was kept from"
    return _edit(pod, f"drop nodeSelector {dropped}", operations, 1, risk)


def drop_node_affinity(pod: Pod) -> Change | None:
    """None without any."""
    if pod.spec.affinity.node_affinity.required is None:
        return None
    operation = {"op": "remove", "path": f"/spec/affinity/nodeAffinity/{REQUIRED}"}
    risk = "the pod may then run on nodes that it was kept from"
    return _edit(pod, "drop the required node affinity", [operation], 1, risk)


def lower_requests(pod: Pod, shortages: Sequence[Shortage]) -> Change | None:
    """To what the node has free, in the containers that ask for most; None where that cannot be enough."""
    operations: list[Operation] = []
    titles = []
    for short in shortages:
        step = _lower(pod, short)
        if step is None:
            return None
        operations.append(step[0])
        titles.append(step[1])
    risk = "too little of it slows the pod down, or ends it"
    return _edit(pod, f"lower {' and '.join(titles)}", operations, 1, risk)


def _lower(pod: Pod, short: Shortage) -> tuple[Operation, str] | None:
    if short.resource == "pods" or short.free <= 0:
        return None
    unit = NANO // 1000 if short.resource == "cpu" else NANO
    over = (short.wanted - short.free) * unit
    asked = [nanos(c.resources.requests.get(short.resource, 0)) for c in pod.spec.containers]
    largest = max(range(len(asked)), key=asked.__getitem__)
    left = (asked[largest] - over) // unit
    if left <= 0:
        return None
    quantity = f"{left}m" if short.resource == "cpu" else str(left)
    path = f"/spec/containers/{largest}/resources/requests/{escaped(short.resource)}"
    name = pod.spec.containers[largest].name
    words = in_words(short.resource, left)
    return (
        {"op": "replace", "path": path, "value": quantity},
        f'the {short.resource} request of container "{name}" to {words}',
    )


def drop_host_ports(pod: Pod) -> Change:
    """All of them: a Service reaches the pod without."""
    operations: list[Operation] = []
    for field, containers in (
        ("containers", pod.spec.containers),
        ("initContainers", pod.spec.init_containers),
    ):
        for i, container in enumerate(containers):
            for j, port in enumerate(container.ports):
                if port.host_port > 0:
                    path = f"/spec/{field}/{i}/ports/{j}/hostPort"
                    operations.append({"op": "remove", "path": path})
    risk = "who reaches the pod by the node's address needs another way, such as a Service"
    return _edit(pod, "use no host ports", operations, 1, risk)


def relax_spread(pod: Pod) -> Iterator[Change]:
    """Each hard constraint made a preference; and all of them."""
    hard = [
        i
        for i, constraint in enumerate(pod.spec.topology_spread_constraints)
        if constraint.when_unsatisfiable == "DoNotSchedule"
    ]
    choices = [[i] for i in hard] + ([hard] if len(hard) > 1 else [])
    for chosen in choices:
        keys = ", ".join(pod.spec.topology_spread_constraints[i].topology_key for i in chosen)
        operations = [
            {
                "op": "replace",
                "path": f"/spec/topologySpreadConstraints/{i}/whenUnsatisfiable",
                "value": "ScheduleAnyway",
            }
            for i in chosen
        ]
        risk = "the pods may lie unevenly over the domains"
        yield _edit(pod, f"make the spread over {keys} a preference", operations, 1, risk)


def drop_pod_affinity(pod: Pod) -> Iterator[Change]:
    """The required affinity to pods, or the anti-affinity."""
    affinity = pod.spec.affinity
    for field, terms in (
        ("podAffinity", affinity.pod_affinity.required),
        ("podAntiAffinity", affinity.pod_anti_affinity.required),
    ):
        if terms:
            operation = {"op": "remove", "path": f"/spec/affinity/{field}/{REQUIRED}"}
            risk = "the pod may then run apart from, or beside, pods that it was tied to"
            yield _edit(pod, f"drop the required {field}", [operation], 1, risk)


def _edit(pod: Pod, title: str, operations: Sequence[Operation], cost: int, risk: str) -> Change:
    meta = pod.metadata
    return Change("Pod", meta.namespace, meta.name, title, tuple(operations), cost, risk, "")


def command_for(pod: Pod, operations: Sequence[Operation]) -> str:
    """The same change of what makes the pod; a pod's own spec cannot be changed."""
    owner = next((o for o in pod.metadata.owner_references if o.controller), None)
    namespace = quote(pod.metadata.namespace)
    if owner is None or owner.kind not in TEMPLATED:
        maker = f"{owner.kind.lower()}/{owner.name}" if owner else f"pod/{pod.metadata.name}"
        return f"# change the manifest of {maker} and apply it anew"
    kind, name = owner.kind.lower(), owner.name
    suffix = pod.metadata.labels.get(HASH, "")
    if owner.kind == "ReplicaSet" and suffix and name.endswith(f"-{suffix}"):
        kind, name = "deployment", name.removesuffix(f"-{suffix}")
    moved: list[dict[str, Any]] = [
        {**operation, "path": f"/spec/template{operation['path']}"} for operation in operations
    ]
    patch = quote(json.dumps(moved, separators=(",", ":")))
    return f"kubectl patch {kind} {quote(name)} -n {namespace} --type=json -p {patch}"

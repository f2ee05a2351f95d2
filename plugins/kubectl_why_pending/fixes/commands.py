"""kubectl commands for the edits of a pod: made in its owner's template, where the next pod comes from."""

import json
from collections.abc import Iterator, Sequence
from shlex import quote
from typing import Any

from msgspec import to_builtins

from kubectl_fieldkit.objects.meta import OwnerReference
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_why_pending.fixes.change import Operation, patched
from kubectl_why_pending.fixes.strategic import difference
from kubectl_why_pending.objects.pod import Container, Pod

HASH = "pod-template-hash"
TEMPLATED = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController")
# They make a pod anew only when the old one is gone.
LEAVES_OLD = ("StatefulSet", "ReplicaSet", "ReplicationController")
NODE = "node.kubernetes.io/"
DEFAULTED = {
    Toleration(f"{NODE}{name}", "Exists", "", "NoExecute", 300)
    for name in ("not-ready", "unreachable")
}  # by admission, in every pod
OF_DAEMONS = {
    Toleration(f"{NODE}{name}", "Exists", "", effect)
    for name, effect in (
        ("not-ready", "NoExecute"),
        ("unreachable", "NoExecute"),
        ("disk-pressure", "NoSchedule"),
        ("memory-pressure", "NoSchedule"),
        ("pid-pressure", "NoSchedule"),
        ("unschedulable", "NoSchedule"),
        ("network-unavailable", "NoSchedule"),
    )
}  # by the DaemonSet controller


def command_for(pod: Pod, operations: Sequence[Operation]) -> str:
    """The edits where they last: in what makes the pod, else in the pod made again."""
    meta = pod.metadata
    where = f"-n {quote(meta.namespace)}"
    owner = next((each for each in meta.owner_references if each.controller), None)
    if owner is None:
        return _bare(pod, operations, where)
    kind, name = _maker(pod, owner)
    if kind not in TEMPLATED:
        return f"# change the template of {kind.lower()}/{name}, which makes the pod, and make it again"
    to_template = f"kubectl patch {kind.lower()} {quote(name)} {where}"
    commands = [f"{to_template} {patch}" for patch in _patches(pod, operations, kind)]
    if kind in LEAVES_OLD:
        commands.append(f"kubectl delete pod {quote(meta.name)} {where}")
    return "\n".join(commands)


def _maker(pod: Pod, owner: OwnerReference) -> tuple[str, str]:
    """The Deployment behind a ReplicaSet, which would undo a change of it."""
    suffix = pod.metadata.labels.get(HASH, "")
    if owner.kind == "ReplicaSet" and suffix and owner.name.endswith(f"-{suffix}"):
        return "Deployment", owner.name.removesuffix(f"-{suffix}")
    return owner.kind, owner.name


def _patches(pod: Pod, operations: Sequence[Operation], kind: str) -> Iterator[str]:
    """By key where that is enough, for a webhook may have put a container before the template's."""
    by_place = [each for each in operations if _needs_place(pod, each)]
    by_key = [each for each in operations if each not in by_place]
    if by_key:
        edits = {"spec": {"template": {"spec": _edited(pod, by_key, kind)}}}
        yield f"-p {quote(_compact(edits))}"
    if by_place:
        moved = [{**each, "path": f"/spec/template{each['path']}"} for each in by_place]
        yield f"--type=json -p {quote(_compact([*_guards(pod, by_place), *moved]))}"


def _needs_place(pod: Pod, operation: Operation) -> bool:
    """Whether a port or constraint shares its key with another: DNS has 53 twice."""
    match operation["path"].split("/")[2:]:
        case ["containers" | "initContainers" as field, i, "ports", j, _]:
            ports = _containers(pod, field)[int(i)].ports
            key = ports[int(j)].container_port
            return [port.container_port for port in ports].count(key) > 1
        case ["topologySpreadConstraints", i, _]:
            keys = [each.topology_key for each in pod.spec.topology_spread_constraints]
            return keys.count(keys[int(i)]) > 1
        case _:
            return False


def _guards(pod: Pod, operations: Sequence[Operation]) -> Iterator[Operation]:
    """That the container at the place is the one that is meant, else the patch fails."""
    steps = [each["path"].split("/")[2:4] for each in operations]
    for field, i in dict.fromkeys((field, i) for field, i in steps):
        if field in ("containers", "initContainers"):
            name = _containers(pod, field)[int(i)].name
            path = f"/spec/template/spec/{field}/{i}/name"
            yield {"op": "test", "path": path, "value": name}


def _containers(pod: Pod, field: str) -> list[Container]:
    return pod.spec.containers if field == "containers" else pod.spec.init_containers


def _edited(pod: Pod, operations: Sequence[Operation], kind: str) -> dict[str, Any]:
    """The edits as a patch of the template, which has not what was added to the pod on its way."""
    before = to_builtins(pod.spec)
    edits = difference(before, to_builtins(patched(pod, operations).spec))
    if "tolerations" in edits:
        added = DEFAULTED | OF_DAEMONS if kind == "DaemonSet" else DEFAULTED
        known = to_builtins(list(added))
        edits["tolerations"] = [each for each in edits["tolerations"] if each not in known]
    return edits


def _bare(pod: Pod, operations: Sequence[Operation], where: str) -> str:
    """Tolerations can be added to a pod that is there; for all else it is made again."""
    name = quote(pod.metadata.name)
    patch = f"--type=json -p {quote(_compact(list(operations)))}"
    if all(operation["path"].startswith("/spec/tolerations") for operation in operations):
        return f"kubectl patch pod {name} {where} {patch}"
    return (
        f"kubectl get pod {name} {where} -o json | kubectl patch --local -f - {patch} -o json"
        " | kubectl replace --force -f -"
    )


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))

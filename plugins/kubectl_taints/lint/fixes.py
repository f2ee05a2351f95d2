"""What would mend a workload: a kubectl command for one of the cluster, YAML for a manifest."""

import json
import shlex
from collections.abc import Sequence

from kubectl_fieldkit.findings import Fix, Subject
from kubectl_fieldkit.objects.node import Node
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.targets import WITH_PODS
from kubectl_fieldkit.tolerations import describe
from kubectl_fieldkit.workloads import Workload, pod_spec_path
from kubectl_taints.pasting import toleration_yaml

_KINDS = {resource.kind for resource in WITH_PODS}


def subject_of(workload: Workload) -> Subject:
    """The workload, as what a finding is about."""
    return Subject(kind=workload.kind, namespace=workload.namespace, name=workload.name)


def node_subject(node: Node) -> Subject:
    """The node, as what a finding is about."""
    return Subject(kind="Node", namespace="", name=node.metadata.name)


def seen_in(workload: Workload, toleration: Toleration) -> list[str]:
    """The toleration as evidence, after the place of the manifest if it is in one."""
    if not workload.own:
        return [f"what it made tolerates {describe(toleration)}"]
    at = workload.spec.tolerations.index(toleration)
    path = ".".join((*pod_spec_path(workload.kind), f"tolerations[{at}]"))
    return [workload.origin, path] if workload.origin else [path]


def change_taints(*changes: Sequence[str]) -> Fix:
    """The plugin's own commands for a shell, each run only if the one before went well."""
    commands = (shlex.join(("kubectl", "taints", *words)) for words in changes)
    return Fix(command=" && ".join(commands))


def add_tolerations(workload: Workload, tolerations: Sequence[Toleration]) -> Fix | None:
    """The tolerations behind those that are there."""
    if workload.origin:
        return Fix(patch=toleration_yaml(tolerations))
    values = [_fields(toleration) for toleration in tolerations]
    path = _path(workload)
    if workload.spec.tolerations:
        return _patch(workload, [_op("add", f"{path}/-", value) for value in values])
    return _patch(workload, [_op("add", path, values)])


def remove_toleration(workload: Workload, toleration: Toleration) -> Fix | None:
    """Without this toleration; a pod's can never be taken away."""
    if workload.origin or workload.kind == "Pod":
        return None
    at = f"{_path(workload)}/{workload.spec.tolerations.index(toleration)}"
    test = _op("test", at, _fields(toleration))
    return _patch(workload, [test, {"op": "remove", "path": at}])


def _patch(workload: Workload, operations: list[dict[str, object]]) -> Fix | None:
    if not workload.own or workload.kind not in _KINDS:
        return None
    place = ("-n", workload.namespace) if workload.namespace else ()
    patch = json.dumps(operations, separators=(",", ":"))
    words = ("kubectl", "patch", workload.resource_name, *place, "--type=json", "-p", patch)
    return Fix(command=shlex.join(words))


def _op(op: str, path: str, value: object) -> dict[str, object]:
    return {"op": op, "path": path, "value": value}


def _path(workload: Workload) -> str:
    return "/" + "/".join((*pod_spec_path(workload.kind), "tolerations"))


def _fields(toleration: Toleration) -> object:
    from msgspec import to_builtins

    return to_builtins(toleration)

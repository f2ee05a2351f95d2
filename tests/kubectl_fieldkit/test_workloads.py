"""Objects are folded into whoever made them in the end."""

from typing import Any

import msgspec
import pytest

from kubectl_fieldkit.objects.pod import PODS, Pod
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.targets import WITH_PODS
from kubectl_fieldkit.workloads import Workload, fold, pod_spec_path, workload_of

BY_KIND = {resource.kind: resource for resource in WITH_PODS}


def _thing(word: str, mark: str = "", phase: str = "", mirror: str = "") -> dict[str, Any]:
    """`Kind/name` or `Kind/name<Owner/name`; the pod's toleration is for `mark`."""
    own, _, owner = word.partition("<")
    kind, name = own.split("/")
    spec: Any = {"tolerations": [{"key": mark}] if mark else []}
    for part in reversed(pod_spec_path(kind)):
        spec = {part: spec}
    meta: dict[str, Any] = {"name": name, "namespace": "n"}
    if owner:
        by, by_name = owner.split("/")
        version = f"{BY_KIND[by].group}/v1" if by in BY_KIND else "example.com/v1"
        meta["ownerReferences"] = [
            {"apiVersion": "x/v1", "kind": "Other", "name": "o"},
            {"apiVersion": version, "kind": by, "name": by_name, "controller": True},
        ]
    if mirror:
        meta["annotations"] = {"kubernetes.io/config.mirror": mirror}
    return {"metadata": meta, "status": {"phase": phase}, **spec}


def _fold(templates: list[dict[str, Any] | tuple[str, str]], pods: list[Any]) -> list[Workload]:
    read: dict[Resource[Any], list[Any]] = {}
    for word, mark in templates:
        resource = BY_KIND[word.partition("/")[0]]
        read.setdefault(resource, []).append(msgspec.convert(_thing(word, mark), resource.type))
    return fold(read, msgspec.convert(pods, list[Pod]))


def _words(workload: Workload) -> str:
    marks = "+".join(toleration.key for toleration in workload.spec.tolerations)
    return f"{workload.kind}/{workload.name} {marks} {len(workload.pods)}"


@pytest.mark.parametrize(
    ("templates", "pods", "folded"),
    [
        ([("Deployment/d", "t")], [], ["Deployment/d t 0"]),
        (
            [("Deployment/d", "new"), ("ReplicaSet/r<Deployment/d", "old")],
            [("Pod/p<ReplicaSet/r", "old"), ("Pod/q<ReplicaSet/r", "old")],
            ["Deployment/d new 2"],
        ),
        (
            [("Job/j<CronJob/c", "old"), ("CronJob/c", "new")],
            [("Pod/p<Job/j", "old")],
            ["CronJob/c new 1"],
        ),
        ([], [("Pod/p", "t")], ["Pod/p t 1"]),
        ([], [("Pod/p<ReplicaSet/r", "t")], ["ReplicaSet/r t 1"]),  # not read
        (
            [("ReplicaSet/r<Rollout/o", "t")],
            [("Pod/p<ReplicaSet/r", "pod")],
            ["Rollout/o t 1"],
        ),
        (
            [("ReplicaSet/a<ReplicaSet/b", "t"), ("ReplicaSet/b<ReplicaSet/a", "u")],
            [],
            ["ReplicaSet/a u 0", "ReplicaSet/b t 0"],
        ),  # a circle, which no controller makes, still ends
    ],
)
def test_the_top_owner_stands_for_all(
    templates: list[Any], pods: list[tuple[str, str]], folded: list[str]
) -> None:
    """Read or not; its own template, else that of the best part that was read."""
    found = _fold(templates, [_thing(word, mark) for word, mark in pods])
    assert [_words(workload) for workload in found] == folded


def test_what_was_not_read_is_not_its_own() -> None:
    """A pod or a ReplicaSet stands for an owner whose object is not there."""
    templates: list[Any] = [("Deployment/d", "t"), ("ReplicaSet/r<Rollout/o", "t")]
    pods = [_thing(word) for word in ("Pod/p<DaemonSet/a", "Pod/q<Deployment/d", "Pod/bare")]
    assert {workload.name: workload.own for workload in _fold(templates, pods)} == {
        "a": False,
        "d": True,
        "o": False,
        "bare": True,
    }


def test_pods_that_have_ended_count_no_more() -> None:
    """A finished pod is on no node."""
    pods = [_thing(f"Pod/{p}", phase=p) for p in ("Pending", "Running", "Succeeded", "Failed")]
    assert [workload.name for workload in _fold([], pods)] == ["Pending", "Running"]


def test_a_static_pod_is_nobodys() -> None:
    """Its owner is the node that it is on; it stands for itself."""
    (pod,) = _fold([], [_thing("Pod/etcd-cp<Node/cp", mirror="x")])
    assert (pod.kind, pod.name, pod.static) == ("Pod", "etcd-cp", True)


@pytest.mark.parametrize("kind", BY_KIND)
def test_every_kind_keeps_its_pods_where_we_look(kind: str) -> None:
    """The nine places of a pod's spec, as path and in the Structs."""
    resource = BY_KIND[kind]
    thing = msgspec.convert(_thing(f"{kind}/x", "mark"), resource.type)
    workload = workload_of(resource, thing)
    assert [toleration.key for toleration in workload.spec.tolerations] == ["mark"]
    assert workload.resource_name.partition("/")[0] == kind.lower() + (
        f".{resource.group}" if resource.group else ""
    )
    assert (workload.static, resource is PODS) == (False, kind == "Pod")

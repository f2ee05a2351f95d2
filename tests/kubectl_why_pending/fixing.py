"""Fixes found for a scene, and scenes with changes made: in the plain JSON of the API."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from kubectl_why_pending.fixes import find
from kubectl_why_pending.fixes.change import WHOLE, Change, Fix, apply
from kubectl_why_pending.objects.pod import PODS
from kubectl_why_pending.scheduler.cycle import schedule
from kubectl_why_pending.scheduler.pod_info import waiting
from tests.kubectl_why_pending.clusters.scene import Thing
from tests.kubectl_why_pending.judging import cluster_of


def fixes_of(question: Thing) -> list[Fix]:
    """What `find` proposes."""
    cluster = cluster_of(question["objects"])
    [pod] = [pod for pod in cluster.all(PODS) if pod.key == question["pod"]]
    info = waiting(pod)
    return find(info, cluster, schedule(info, cluster))


def with_changes(question: Thing, changes: Sequence[Change]) -> Thing:
    """The question with the patches applied to the objects as the API has them."""
    objects = deepcopy(question["objects"])
    for change in changes:
        if change.is_deletion:
            objects = [each for each in objects if not _is(each, change)]
            continue
        for operation in deepcopy(change.patch):
            if operation["path"] == WHOLE:
                objects.append(operation["value"])
                continue
            [thing] = [each for each in objects if _is(each, change)]
            apply(thing, operation)
    return {**question, "objects": objects}


def _is(thing: Thing, change: Change) -> bool:
    meta = thing["metadata"]
    return (thing["kind"], meta["name"], meta.get("namespace", "")) == (
        change.kind,
        change.name,
        change.namespace,
    )


def question_of(pod: Thing, *others: Thing) -> Thing:
    """The pod among other objects."""
    meta = pod["metadata"]
    return {"pod": f"{meta['namespace']}/{meta['name']}", "objects": [*others, pod]}


def node_of(name: str, **spec: Any) -> Thing:
    """A node with room for some pods."""
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": {"kubernetes.io/hostname": name}},
        "spec": spec,
        "status": {"allocatable": {"cpu": "4", "memory": "8Gi", "pods": "10"}},
    }


def pod_of(name: str, **spec: Any) -> Thing:
    """A pod that waits."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": "default", "uid": name, "labels": {}},
        "spec": {
            "containers": [{"name": "main"}],
            "schedulerName": "default-scheduler",
            **spec,
        },
        "status": {"phase": "Pending"},
    }

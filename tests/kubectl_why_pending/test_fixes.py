"""Every fix that is proposed helps, and none of its changes can be left out: upstream's own scheduler says so."""

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

import pytest

from kubectl_why_pending.fixes import find
from kubectl_why_pending.fixes.change import Change, Fix, apply
from kubectl_why_pending.fixes.of_node import is_controlled
from kubectl_why_pending.objects.pod import PODS
from kubectl_why_pending.scheduler.cycle import schedule
from kubectl_why_pending.scheduler.pod_info import waiting
from tests.kubectl_why_pending.clusters.random_cluster import random_cluster
from tests.kubectl_why_pending.clusters.scene import Thing
from tests.kubectl_why_pending.judging import cluster_of
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

CLUSTERS = 400
KINDS = {
    "uncordon",
    "remove the taint",
    "label",
    "add a node",
    "tolerate",
    "drop nodeSelector",
    "drop the required node affinity",
    "lower the",
    "use no host ports",
    "make the spread",
    "drop the required pod",
}


def _fixes(question: Thing) -> list[Fix]:
    cluster = cluster_of(question["objects"])
    [pod] = [pod for pod in cluster.all(PODS) if pod.key == question["pod"]]
    info = waiting(pod)
    return find(info, cluster, schedule(info, cluster))


def _with(question: Thing, changes: Sequence[Change]) -> Thing:
    """The question with the patches applied to the objects as the API has them."""
    objects = deepcopy(question["objects"])
    for change in changes:
        for operation in change.patch:
            if operation["path"] == "":
                objects.append(deepcopy(operation["value"]))
                continue
            [thing] = [each for each in objects if _is(each, change)]
            apply(thing, deepcopy(operation))
    return {**question, "objects": objects}


def _is(thing: Thing, change: Change) -> bool:
    meta = thing["metadata"]
    return (thing["kind"], meta["name"], meta.get("namespace", "")) == (
        change.kind,
        change.name,
        change.namespace,
    )


def _questions(question: Thing, fix: Fix) -> Iterator[tuple[Thing, bool]]:
    """The fix whole, which must help, and without each of its changes, which must not."""
    yield _with(question, fix.changes), True
    for left_out in fix.changes:
        yield _with(question, [c for c in fix.changes if c is not left_out]), False


def test_upstream_agrees_that_each_fix_is_one(oracle: Oracle) -> None:
    """400 random clusters: with every change the pod fits where we say, with one less nowhere."""
    random, seen = rng("why-pending fixes"), Counter[str]()
    asked: list[tuple[Thing, bool, Fix]] = []
    for _ in range(cases(CLUSTERS)):
        question = random_cluster(random).question
        for fix in _fixes(question):
            asked += [(q, helps, fix) for q, helps in _questions(question, fix)]
            seen.update(kind for kind in KINDS for c in fix.changes if c.title.startswith(kind))
            assert len(fix.changes) <= 3
    answers = oracle.ask("schedule", (question for question, _, _ in asked))
    for (question, helps, fix), answer in zip(asked, answers, strict=True):
        fits = tuple(sorted(answer.get("fits", [])))
        assert fits == (fix.nodes if helps else ()), (fix, answer, question)
    assert KINDS - set(seen) == set()


@pytest.mark.parametrize(
    "key", ["node.kubernetes.io/not-ready", "node.kubernetes.io/disk-pressure"]
)
def test_a_controllers_taint_is_never_to_be_removed_or_tolerated(key: str) -> None:
    """It comes back, or says that pods cannot run there: the node's condition is what to mend."""
    node: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": "sick", "labels": {}},
        "spec": {"taints": [{"key": key, "effect": "NoSchedule"}]},
        "status": {"allocatable": {"cpu": "4", "memory": "8Gi", "pods": "10"}},
    }
    pod: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web", "namespace": "default", "uid": "web"},
        "spec": {"containers": [{"name": "c"}], "schedulerName": "default-scheduler"},
    }
    assert _fixes({"pod": "default/web", "objects": [node, pod]}) == []
    cluster = cluster_of([node])
    assert is_controlled(cluster.nodes["sick"].node.spec.taints[0])

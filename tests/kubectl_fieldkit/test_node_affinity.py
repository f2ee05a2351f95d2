"""Which nodes a pod insists on: agreement with the scheduler."""

from random import Random
from typing import Any

import msgspec

from kubectl_fieldkit.node_affinity import selects
from kubectl_fieldkit.objects.meta import ObjectMeta
from kubectl_fieldkit.objects.pod import PodSpec
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

KEYS = ["pool", "zone", "a.example/size"]
VALUES = ["", "a", "b", "3", "10"]
NODES_A_POD = 20


def _labels(random: Random) -> dict[str, str]:
    return {key: random.choice(VALUES) for key in KEYS if random.random() < 0.7}


def _clause(random: Random) -> dict[str, Any]:
    operator = random.choice(["In", "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"])
    values: list[str] = []
    if operator in ("In", "NotIn"):
        values = random.sample(VALUES, random.randint(1, 2))
    elif operator in ("Gt", "Lt"):
        values = [random.choice(["2", "3", "11", "-1"])]
    return {"key": random.choice(KEYS), "operator": operator, "values": values}


def _term(random: Random) -> dict[str, Any]:
    term: dict[str, Any] = {}
    if random.random() < 0.8:
        term["matchExpressions"] = [_clause(random) for _ in range(random.randint(1, 2))]
    if random.random() < 0.2:
        operator, name = random.choice(["In", "NotIn"]), f"n{random.randrange(NODES_A_POD)}"
        term["matchFields"] = [{"key": "metadata.name", "operator": operator, "values": [name]}]
    return term


def _spec(random: Random) -> dict[str, Any]:
    spec: dict[str, Any] = {"containers": [{"name": "c", "image": "i"}]}
    if random.random() < 0.4:
        spec["nodeSelector"] = {random.choice(KEYS): random.choice(VALUES)}
    if random.random() < 0.8:
        terms = [_term(random) for _ in range(random.randint(1, 2))]
        required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}
        spec["affinity"] = {"nodeAffinity": required}
    return spec


def _question(spec: dict[str, Any], nodes: dict[str, dict[str, str]]) -> dict[str, Any]:
    meta = {"name": "p", "namespace": "d", "uid": "1"}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": spec}
    status = {"allocatable": {"pods": "10", "cpu": "4", "memory": "8Gi"}}
    machines = [
        {
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": {"name": n, "labels": its},
            "status": status,
        }
        for n, its in nodes.items()
    ]
    return {"pod": "d/p", "objects": [pod, *machines]}


def test_the_scheduler_agrees(oracle: Oracle) -> None:
    """4,000 random pods and nodes: nodeSelector and required affinity choose the same nodes."""
    random = rng("node affinity")
    questions = [
        (_spec(random), {f"n{i}": _labels(random) for i in range(NODES_A_POD)})
        for _ in range(cases(200))
    ]
    answers = oracle.ask("schedule", [_question(*question) for question in questions])
    chosen = 0
    for (spec, nodes), answer in zip(questions, answers, strict=True):
        ours = msgspec.convert(spec, PodSpec)
        metas = [ObjectMeta(name=name, labels=labels) for name, labels in nodes.items()]
        fits = {meta.name for meta in metas if selects(ours, meta)}
        assert fits == set(answer.get("fits", [])), (spec, nodes, answer)
        chosen += len(fits)
    assert 0 < chosen < len(questions) * NODES_A_POD

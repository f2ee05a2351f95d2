"""`--for`: where a workload may go, and what it would have to tolerate; the scheduler is the judge."""

from random import Random
from typing import Any

import msgspec

from kubectl_fieldkit.objects.node import Node
from kubectl_fieldkit.objects.pod import PodSpec, Toleration
from kubectl_fieldkit.targets import WITH_PODS
from kubectl_fieldkit.workloads import Workload
from kubectl_fieldkit.yaml_document import parse_yaml
from kubectl_taints.pasting import toleration_yaml
from kubectl_taints.placement import Placement, place
from kubectl_taints.pod_tolerations import tolerations_of
from tests.kubectl_taints import random_tolerations as given
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

NODES_A_WORKLOAD = 20


def _workload(random: Random) -> Workload:
    resource = random.choice(WITH_PODS)
    fields = {"tolerations": given.tolerations(random), "hostNetwork": random.random() < 0.3}
    spec = msgspec.convert(fields, PodSpec)
    return Workload(resource.group, resource.kind, "d", "w", spec, origin="w.yaml:1")


def _nodes(random: Random) -> list[dict[str, Any]]:
    return [
        given.node(f"n{i}", given.taints(random), random.random() < 0.1)
        for i in range(NODES_A_WORKLOAD)
    ]


def _pasted(placement: Placement) -> list[Any]:
    """The tolerations to add, by way of the YAML that is printed."""
    proposed = [
        Toleration(key=p.key, operator=p.operator, value=p.value, effect=p.effect)
        for p in placement.add
    ]
    pasted = parse_yaml(toleration_yaml(proposed).encode())
    return pasted if isinstance(pasted, list) else []


def test_the_scheduler_agrees(oracle: Oracle) -> None:
    """4,000 random workloads and nodes: the same nodes accept; with what is proposed, all of them do."""
    random = rng("placement")
    asked = [(_workload(random), _nodes(random)) for _ in range(cases(200))]
    placements, questions = [], []
    for workload, nodes in asked:
        placement = place(workload, msgspec.convert(nodes, list[Node]))
        tolerated = msgspec.to_builtins(tolerations_of(workload))
        placements.append(placement)
        questions.append(given.question(tolerated, nodes))
        questions.append(given.question([*tolerated, *_pasted(placement)], nodes))
    answers = oracle.ask("schedule", questions)
    for placement in placements:
        before, after = next(answers), next(answers)
        assert {a.node for a in placement.nodes if a.accepts} == set(before.get("fits", []))
        assert len(after["fits"]) == NODES_A_WORKLOAD, (placement, after)


def test_no_proposal_can_be_left_out(oracle: Oracle) -> None:
    """300 random workloads: without any one of the tolerations, some node stays closed."""
    random = rng("smallest proposal")
    questions: list[dict[str, Any]] = []
    while len(questions) < cases(300):
        workload, nodes = _workload(random), _nodes(random)
        pasted = _pasted(place(workload, msgspec.convert(nodes, list[Node])))
        if pasted:
            pasted.pop(random.randrange(len(pasted)))
            tolerated = msgspec.to_builtins(tolerations_of(workload))
            questions.append(given.question([*tolerated, *pasted], nodes))
    for answer in oracle.ask("schedule", questions):
        assert len(answer.get("fits", [])) < NODES_A_WORKLOAD


def test_nodes_that_it_does_not_select_stay_closed() -> None:
    """No toleration is proposed for them, and they are marked; taints are judged all the same."""
    spec = msgspec.convert({"nodeSelector": {"pool": "a"}}, PodSpec)
    nodes = [
        {"metadata": {"name": name, "labels": {"pool": name}}, "spec": {"taints": [{"key": name, "effect": "NoSchedule"}]}}
        for name in ("a", "b")
    ]  # fmt: skip
    placement = place(
        Workload("apps", "Deployment", "d", "w", spec), msgspec.convert(nodes, list[Node])
    )
    assert [(n.node, n.selected, n.accepts) for n in placement.nodes] == [
        ("a", True, False),
        ("b", False, False),
    ]
    assert [(p.key, p.nodes) for p in placement.add] == [("a", ["a"])]


def test_yaml_is_quoted_where_kubectl_would_read_something_else() -> None:
    """A value that YAML takes for a number or a bool stays a text."""
    values = [
        "",
        "yes",
        "y",
        "1",
        "1e3",
        "0o17",
        "null",
        "1_0",
        "web",
        "a.b-c",
        "-x",
        "é: [",
        "1:30",
    ]
    written = toleration_yaml(Toleration(key="k", operator="Equal", value=v) for v in values)
    read = parse_yaml(written.encode())
    assert isinstance(read, list)
    assert [item["value"] for item in read] == values

"""Which toleration stands which taint: agreement with the scheduler itself, then the corners."""

from collections.abc import Iterator
from random import Random
from typing import Any

import msgspec
import pytest

from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import describe, find_toleration, tolerates_taint, untolerated
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

KEYS = ["a", "b", "a.example/x", "A"]
VALUES = ["", "1", "7", "07", "x", "true"]
EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"]
OPERATORS = ["", "Equal", "Exists", "Exists", "Lt", "Gt", "equal"]
NODES_A_POD = 50


def _taints(random: Random) -> list[dict[str, str]]:
    found = [
        {
            "key": random.choice(KEYS),
            "value": random.choice(VALUES),
            "effect": random.choice(EFFECTS),
        }
        for _ in range(random.choice([0, 1, 1, 1, 2, 3]))
    ]
    return list({(taint["key"], taint["effect"]): taint for taint in found}.values())


def _toleration(random: Random) -> dict[str, str]:
    fields = {
        "key": random.choice(["", *KEYS]),
        "operator": random.choice(OPERATORS),
        "value": random.choice(VALUES),
        "effect": random.choice(["", *EFFECTS]),
    }
    return {name: value for name, value in fields.items() if value}


def _pods_and_nodes(random: Random, count: int) -> Iterator[tuple[list[Any], dict[str, list[Any]]]]:
    for _ in range(count):
        tolerations = [_toleration(random) for _ in range(random.choice([0, 1, 1, 2, 3]))]
        yield tolerations, {f"n{i}": _taints(random) for i in range(NODES_A_POD)}


def _question(tolerations: list[Any], nodes: dict[str, list[Any]]) -> dict[str, Any]:
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "p", "namespace": "d", "uid": "1"},
    }
    spec = {"tolerations": tolerations, "containers": [{"name": "c", "image": "i"}]}
    status = {"allocatable": {"pods": "10", "cpu": "4", "memory": "8Gi"}}
    machines = [
        {
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": {"name": name},
            "spec": {"taints": taints},
            "status": status,
        }
        for name, taints in nodes.items()
    ]
    return {"pod": "d/p", "objects": [pod | {"spec": spec}, *machines]}


def test_the_scheduler_agrees(oracle: Oracle) -> None:
    """10,000 random pods and nodes: we say that a node's taints let the pod in exactly where it does."""
    questions = list(_pods_and_nodes(rng("tolerations"), cases(200)))
    answers = oracle.ask("schedule", [_question(*question) for question in questions])
    pairs = 0
    for (tolerations, nodes), answer in zip(questions, answers, strict=True):
        ours = msgspec.convert(tolerations, list[Toleration])
        allowed = {
            name
            for name, taints in nodes.items()
            if not untolerated(msgspec.convert(taints, list[Taint]), ours)
        }
        assert allowed == set(answer.get("fits", [])), (tolerations, nodes, answer)
        pairs += len(nodes)
    assert pairs >= 10_000


@pytest.mark.parametrize(
    ("there", "operator", "wanted", "matches"),
    [
        ("5", "Gt", "3", True),  # the taint's value comes first: 5 > 3
        ("3", "Gt", "5", False),
        ("3", "Lt", "5", True),
        ("5", "Lt", "5", False),
        ("5", "Gt", "-3", True),
        ("05", "Gt", "3", False),  # not canonical: no number at all
        ("5", "Gt", "+3", False),
        ("x", "Lt", "3", False),
        ("", "Lt", "3", False),
        ("9223372036854775807", "Gt", "1", True),
        ("9223372036854775808", "Gt", "1", False),  # beyond int64
        ("5", "Gt", "-0", False),
        ("٥", "Gt", "3", False),  # noqa: RUF001  (a digit, but none of ASCII's)
    ],
)
def test_comparison_operators(there: str, operator: str, wanted: str, matches: bool) -> None:
    """With the gate on, as ToleratesTaint compares; with it off, never."""
    taint = Taint(key="k", effect="NoSchedule", value=there)
    toleration = Toleration(key="k", operator=operator, value=wanted)
    assert tolerates_taint(toleration, taint, enable_comparison_operators=True) is matches
    assert tolerates_taint(toleration, taint) is False


def test_the_first_match_in_the_pods_order_is_the_one_used() -> None:
    """The eviction controller looks no further than the first toleration that matches."""
    forever, short = (
        Toleration(key="k", operator="Exists"),
        Toleration(operator="Exists", toleration_seconds=5),
    )
    taint = Taint(key="k", effect="NoExecute")
    assert find_toleration([forever, short], taint) is forever
    assert find_toleration([short, forever], taint) is short


@pytest.mark.parametrize(
    ("toleration", "words"),
    [
        (Toleration(operator="Exists"), "any taint"),
        (Toleration(operator="Exists", effect="NoExecute"), "any NoExecute taint"),
        (Toleration(key="k", operator="Exists"), "k"),
        (Toleration(key="k", value="v", effect="NoSchedule"), "k=v:NoSchedule"),
        (Toleration(key="k", effect="NoSchedule"), "k=:NoSchedule"),
        (Toleration(key="k", operator="Gt", value="5"), "k>5"),
        (
            Toleration(key="k", operator="Exists", effect="NoExecute", toleration_seconds=300),
            "k:NoExecute for 300s",
        ),
        (Toleration(key="k", operator="Exists", toleration_seconds=-1), "k for 0s"),
    ],
)
def test_a_toleration_in_words(toleration: Toleration, words: str) -> None:
    """Short enough for a table's cell, and never ambiguous."""
    assert describe(toleration) == words

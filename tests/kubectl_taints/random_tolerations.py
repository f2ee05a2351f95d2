"""Random taints and tolerations that an API server would take, and questions about them for the oracle."""

from random import Random
from typing import Any

KEYS = ["a", "b", "node.kubernetes.io/unreachable", "node.kubernetes.io/memory-pressure"]
VALUES = ["", "1", "yes", "1e3"]
EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"]
CONTAINERS = [{"name": "c", "image": "i"}]


def taints(random: Random, most: int = 3) -> list[dict[str, str]]:
    """A node's taints, each key and effect once."""
    found = [
        {
            "key": random.choice(KEYS),
            "value": random.choice(VALUES),
            "effect": random.choice(EFFECTS),
        }
        for _ in range(random.randint(0, most))
    ]
    return list({(taint["key"], taint["effect"]): taint for taint in found}.values())


def tolerations(random: Random, most: int = 3) -> list[dict[str, Any]]:
    """A pod's tolerations."""
    return [_toleration(random) for _ in range(random.randint(0, most))]


def _toleration(random: Random) -> dict[str, Any]:
    operator = random.choice(["", "Equal", "Exists", "Exists"])
    fields: dict[str, Any] = {
        "key": random.choice(["", *KEYS] if operator == "Exists" else KEYS),
        "operator": operator,
        "value": "" if operator == "Exists" else random.choice(VALUES),
        "effect": random.choice(["", *EFFECTS]),
    }
    if fields["effect"] == "NoExecute" and random.random() < 0.3:
        fields["tolerationSeconds"] = random.choice([60, 300])
    return {name: value for name, value in fields.items() if value}


def question(tolerated: list[Any], nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """Asks the oracle where a pod with these tolerations may go."""
    meta = {"name": "p", "namespace": "d", "uid": "1"}
    spec = {"tolerations": tolerated, "containers": CONTAINERS}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": spec}
    return {"pod": "d/p", "objects": [pod, *nodes]}


def node(name: str, tainted: list[dict[str, str]], unschedulable: bool = False) -> dict[str, Any]:
    """A node with room."""
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name},
        "spec": {"taints": tainted, "unschedulable": unschedulable},
        "status": {"allocatable": {"pods": "10", "cpu": "4", "memory": "8Gi"}},
    }

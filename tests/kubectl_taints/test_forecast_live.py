"""The forecast, and what the real taint-eviction-controller then does."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from tests.kubectl_taints.bound_pods import PODS, Toleration, create
from tests.kubectl_taints.plugin import taints
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for
from tests.seeds import rng

NEW = ("x=1:NoExecute", "y:NoExecute")
OLD = {"key": "old", "effect": "NoExecute"}
LAST = 24  # seconds until the last eviction: longer than any other that is not of minutes
MINUTES = 600


@pytest.fixture(scope="module")
def cluster(own_lab: Lab) -> Lab:
    """Nodes that get taints, that have one and get more, and that lose one."""
    own_lab.add_node("fresh")
    for name in ("tainted", "freed"):
        own_lab.add_node(name, taints=[OLD])
    return own_lab


def any_tolerations(rand: Random) -> list[Toleration]:
    """Some tolerations of the new taints, some of which do not match."""
    return [_any_toleration(rand) for _ in range(rand.randrange(5))]


def _any_toleration(rand: Random) -> Toleration:
    toleration: Toleration = {"effect": rand.choice(["NoExecute", "NoExecute", "", "NoSchedule"])}
    if rand.random() < 0.2:
        toleration |= {"operator": "Exists"}
    elif rand.random() < 0.6:
        toleration |= {"key": rand.choice(["x", "y"]), "operator": "Exists"}
    else:
        toleration |= {"key": rand.choice(["x", "y"]), "value": rand.choice(["", "1", "2"])}
    if toleration["effect"] == "NoExecute" and rand.random() < 0.7:
        toleration["tolerationSeconds"] = rand.choice([-1, 0, 3, 6, 9, 12])
    return toleration


def tolerate(key: str, seconds: int | None = None) -> Toleration:
    """Stands a NoExecute taint, for ever or for a time."""
    toleration = {"key": key, "operator": "Exists", "effect": "NoExecute"}
    return toleration if seconds is None else toleration | {"tolerationSeconds": seconds}


def deleted(lab: Lab) -> dict[str, datetime]:
    """The pods whose deletion was asked for, and when."""
    return {
        pod["metadata"]["name"]: _asked(pod["metadata"])
        for pod in lab.api.send("GET", PODS)["items"]
        if "deletionTimestamp" in pod["metadata"]
    }


def _asked(metadata: dict[str, Any]) -> datetime:
    end = datetime.fromisoformat(metadata["deletionTimestamp"])
    return end - timedelta(seconds=metadata["deletionGracePeriodSeconds"])


def disrupted(lab: Lab) -> dict[str, str]:
    """The pods with the condition DisruptionTarget, and its reason."""
    return {
        pod["metadata"]["name"]: condition["reason"]
        for pod in lab.api.send("GET", PODS)["items"]
        for condition in pod["status"].get("conditions", [])
        if condition["type"] == "DisruptionTarget"
    }


def forecast(lab: Lab, *words: str) -> list[dict[str, Any]]:
    """The pods of the forecast of a dry run."""
    code, shown, talk = taints(lab.kubeconfig, *words, "--dry-run=server", "-o", "json")
    assert (code, talk) == (0, "")
    pods: list[dict[str, Any]] = json.loads(shown)["forecast"]["pods"]
    return pods


def names(pods: Sequence[dict[str, Any]], *fates: str) -> list[str]:
    """The pods with one of these fates, in the forecast's order."""
    return [pod["name"] for pod in pods if pod["fate"] in fates]


def populate(lab: Lab) -> None:
    """Pods that are moved by the changes in every way, and by nothing else meanwhile."""
    rand = rng("taints forecast")
    for i in range(60):
        create(lab, f"fresh-{i}", "fresh", any_tolerations(rand))
    for i in range(40):
        waits = tolerate("old", rand.choice([None, MINUTES]))
        create(lab, f"tainted-{i}", "tainted", [waits, *any_tolerations(rand)])
    create(lab, "refused", "tainted", [])
    create(lab, "last", "fresh", [tolerate("x", LAST), tolerate("y", LAST)])
    for i in range(5):
        create(lab, f"freed-{i}", "freed", [tolerate("old", LAST - 4)])
    wait_for("the pod that no change sends away", lambda: set(deleted(lab)) == {"refused"})


def test_exactly_the_pods_of_the_forecast_go_in_its_order(cluster: Lab) -> None:
    """Random tolerations: who goes now, who later in which order, who is spared, and no other."""
    populate(cluster)
    freed = forecast(cluster, "remove", "freed", "old-")
    assert names(freed, "spared") == [f"freed-{i}" for i in range(5)] == names(freed, *FATES)
    assert taints(cluster.kubeconfig, "remove", "freed", "old-")[0] == 0
    pods = forecast(cluster, "add", "fresh", "tainted", *NEW)
    assert {pod["fate"] for pod in pods} == FATES - {"spared"}
    assert taints(cluster.kubeconfig, "add", "fresh", "tainted", *NEW, "--yes")[0] == 0

    wait_for("the last eviction", lambda: "last" in deleted(cluster))
    going = names(pods, "evicted-now", "evicted-later")
    gone = deleted(cluster)
    assert set(gone) == {*going, "refused"}
    assert disrupted(cluster) == dict.fromkeys(gone, "DeletionByTaintManager")
    seconds = {pod["name"]: pod["afterSeconds"] for pod in pods}
    steps = sorted({seconds[name] for name in going})
    assert len(steps) >= 5
    for sooner, later in pairwise(steps):
        first = max(gone[name] for name in going if seconds[name] == sooner)
        assert first < min(gone[name] for name in going if seconds[name] == later)


FATES = {"evicted-now", "evicted-later", "due", "spared", "leaving", "stays"}

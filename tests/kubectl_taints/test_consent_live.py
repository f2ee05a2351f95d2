"""Who is asked before pods are evicted, and what a no and a yes do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.kubectl_taints.bound_pods import PODS, Toleration, create
from tests.kubectl_taints.plugin import taints
from tests.kubectl_taints.terminal import answer
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

ADD = "add asked a=b:NoExecute"
FORECAST = """Forecast: 1 evicted now, 1 evicted later, 1 stay
NODE    NAMESPACE   POD         OUTCOME              OWNER    COMES BACK
asked   default     goes        evicted now          <none>   never: it has no owner
asked   default     goes-soon   evicted after 600s   <none>   never: it has no owner
PodDisruptionBudget default/one is not asked: it allows 0 disruptions, 1 of its pods go
"""
UNDO = "undo: kubectl taints remove asked a=b:NoExecute\n"
FOR_GOOD = "(evicted pods do not come back by it)\n"
TOLERATE: Toleration = {"key": "a", "operator": "Exists", "effect": "NoExecute"}


@pytest.fixture(scope="module")
def cluster(own_lab: Lab) -> Lab:
    """A node with a pod that would go, one that would go later, and one that would stay."""
    own_lab.add_node("asked")
    own_lab.add_node("empty")
    create(own_lab, "goes-soon", "asked", [TOLERATE | {"tolerationSeconds": 600}])
    create(own_lab, "stays", "asked", [TOLERATE])
    spec = {"maxUnavailable": 1, "selector": {"matchLabels": {"name": "goes"}}}
    budget = {"metadata": {"name": "one"}, "spec": spec}
    path = "/apis/policy/v1/namespaces/default/poddisruptionbudgets"
    own_lab.api.send("POST", path, budget)
    return own_lab


@pytest.fixture(autouse=True)
def pods(cluster: Lab) -> Iterator[None]:
    """Each test finds the pod that would go, and a node without taints."""
    if "goes" not in _pods(cluster):
        create(cluster, "goes", "asked", [])
    yield
    cluster.kubectl("delete", "pod", "goes", "--force", "--grace-period=0", "--ignore-not-found")
    assert taints(cluster.kubeconfig, "remove", "--all", "--all-taints")[0] == 0


def _pods(lab: Lab) -> dict[str, bool]:
    """The pods, and whether each is being deleted."""
    items = lab.api.send("GET", PODS)["items"]
    return {pod["metadata"]["name"]: "deletionTimestamp" in pod["metadata"] for pod in items}


def _has_taints(lab: Lab) -> bool:
    return "taints" in lab.api.send("GET", "/api/v1/nodes/asked")["spec"]


@pytest.mark.parametrize("reply", ["n", "", "N", "yesterday"])
def test_a_no_changes_nothing(cluster: Lab, reply: str) -> None:
    """The forecast, the question; whatever is no yes is a no."""
    code, shown, talk = answer(cluster.kubeconfig, ADD, reply)
    question = f"evict 1 pod now and 1 later? [y/N] {reply}\n"
    assert talk == f"{FORECAST}{question}error: not confirmed: nothing was changed\n"
    assert (code, shown, _has_taints(cluster)) == (1, "", False)


@pytest.mark.parametrize("reply", ["y", "YES"])
def test_a_yes_evicts(cluster: Lab, reply: str) -> None:
    """The pod of the forecast goes, and how to take the taint back is told."""
    code, shown, talk = answer(cluster.kubeconfig, ADD, reply)
    assert talk == f"{FORECAST}evict 1 pod now and 1 later? [y/N] {reply}\n{UNDO}{FOR_GOOD}"
    assert (code, shown) == (0, "node/asked tainted\n")
    evicted = {"goes": True, "goes-soon": False, "stays": False}
    wait_for("the eviction", lambda: _pods(cluster) == evicted)


def test_yes_is_shown_the_forecast_and_not_asked(cluster: Lab) -> None:
    """--yes at a terminal: what will happen is told all the same."""
    done = answer(cluster.kubeconfig, f"{ADD} --yes")
    assert done == (0, "node/asked tainted\n", FORECAST + UNDO + FOR_GOOD)


def test_without_a_terminal_it_takes_yes(cluster: Lab) -> None:
    """A script must say --yes; who goes is told with a yes and without, in the document as well."""
    assert taints(cluster.kubeconfig, *ADD.split()) == (
        1,
        "",
        f"{FORECAST}error: this would evict 1 pod now and 1 later, and nobody is there to ask "
        "(see --dry-run=client, then give --yes)\n",
    )
    assert not _has_taints(cluster)
    code, shown, talk = taints(cluster.kubeconfig, *ADD.split(), "--yes", "-o", "json")
    assert (code, talk) == (0, FORECAST + UNDO + FOR_GOOD)
    pods = json.loads(shown)["forecast"]["pods"]
    assert [pod["name"] for pod in pods] == ["goes", "goes-soon", "stays"]


def test_nobody_is_asked_where_no_pod_goes(cluster: Lab) -> None:
    """An empty node, a taint that evicts nobody, a taint that is there already."""
    assert taints(cluster.kubeconfig, "add", "empty", "a=b:NoExecute")[0] == 0
    assert taints(cluster.kubeconfig, "add", "empty", "a=b:NoExecute")[0] == 0
    assert answer(cluster.kubeconfig, "add asked a=b:NoSchedule") == (
        0,
        "node/asked tainted\n",
        "undo: kubectl taints remove asked a=b:NoSchedule\n",
    )


def test_what_a_removal_cancels_is_told_and_not_asked(cluster: Lab) -> None:
    """To take a NoExecute taint away evicts nobody."""
    assert taints(cluster.kubeconfig, *ADD.split(), "--yes")[0] == 0
    wait_for("the eviction", lambda: _pods(cluster)["goes"])
    assert answer(cluster.kubeconfig, "remove asked a-") == (
        0,
        "node/asked untainted\n",
        "Forecast: 1 no longer evicted, 1 leaving anyway, 1 stay\n"
        "NODE    NAMESPACE   POD         OUTCOME             OWNER    COMES BACK\n"
        "asked   default     goes-soon   no longer evicted   <none>\n"
        "undo: kubectl taints add asked a=b:NoExecute --overwrite\n",
    )


def test_what_a_removal_cancels_is_told_to_a_script_as_well(cluster: Lab) -> None:
    """Without a terminal the forecast of a removal is on stderr and in the document."""
    assert taints(cluster.kubeconfig, *ADD.split(), "--yes")[0] == 0
    wait_for("the eviction", lambda: _pods(cluster)["goes"])
    code, shown, talk = taints(cluster.kubeconfig, "remove", "asked", "a-", "-o", "json")
    assert code == 0
    assert talk == (
        "Forecast: 1 no longer evicted, 1 leaving anyway, 1 stay\n"
        "NODE    NAMESPACE   POD         OUTCOME             OWNER    COMES BACK\n"
        "asked   default     goes-soon   no longer evicted   <none>\n"
        "undo: kubectl taints add asked a=b:NoExecute --overwrite\n"
    )
    assert json.loads(shown)["forecast"]["budgets"] == []


def test_pods_that_cannot_be_read_take_yes(cluster: Lab) -> None:
    """An unknown forecast is no empty one, with a terminal or without."""
    user = _user_without_pods(cluster)
    refusal = 'pods is forbidden: User "blind" cannot list resource "pods" in API group "" at the cluster scope'
    error = "error: it is not known which pods this evicts (--yes does it all the same)\n"
    forecast = f"Forecast: unknown\npods are unknown: {refusal} (to know, it takes the right to list pods)\n"
    assert taints(user, *ADD.split()) == (1, "", forecast + error)
    assert answer(user, ADD) == (1, "", forecast + error)
    assert not _has_taints(cluster)
    code, shown, _ = taints(user, *ADD.split(), "--dry-run=server", "-o", "json")
    assert (code, json.loads(shown)["forecast"]) == (0, {"pods": None, "budgets": None})
    done = (0, "node/asked tainted\n", forecast + UNDO)
    assert taints(user, *ADD.split(), "--yes") == done
    assert taints(user, "remove", "asked", "a-")[0] == 0


def _user_without_pods(lab: Lab) -> Path:
    rule = {"apiGroups": [""], "resources": ["nodes"], "verbs": ["get", "patch"]}
    role = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "blind"},
        "rules": [rule],
    }
    return lab.user("blind", yaml.safe_dump(role))

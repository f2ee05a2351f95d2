"""`kubectl taints` on a real API server: what it says, and with how few rights."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.lab.lab import Lab

RBAC = Path(__file__).parent.parent.parent / "docs" / "rbac" / "taints.yaml"
NODE = "tainted-0"
FORBIDDEN = 'pods is forbidden: User "{user}" cannot list resource "pods" in API group "" at the cluster scope'


@pytest.fixture(scope="module")
def cluster(lab: Lab) -> Iterator[Lab]:
    """The shared control plane with a tainted node and three pods on it."""
    lab.add_node(NODE, labels={"set": "taints"})
    lab.kubectl("taint", "node", NODE, "special=true:NoExecute", "test:NoSchedule")
    for name, tolerations in PODS.items():
        spec = {
            "nodeName": NODE,
            "tolerations": tolerations,
            "containers": [{"name": "c", "image": "i"}],
        }
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec}
        lab.kubectl("create", "-f", "-", input=json.dumps(pod))
    yield lab
    lab.kubectl("delete", "pod", *PODS, "--force", "--grace-period=0")
    lab.kubectl("delete", "node", NODE)


PODS: dict[str, list[dict[str, Any]]] = {
    "goes": [],
    "goes-later": [
        {"key": "special", "operator": "Exists", "tolerationSeconds": 600, "effect": "NoExecute"}
    ],
    "stays": [{"operator": "Exists"}],
}


def _taints(kubeconfig: Path, *args: str, code: int = 0) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "kubectl_taints", *args],
        env={**os.environ, "KUBECONFIG": str(kubeconfig)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout, done.stderr


def test_a_user_with_only_the_documented_rights_gets_the_whole_answer(cluster: Lab) -> None:
    """docs/rbac/taints.yaml is enough: the answers are an administrator's, in every view."""
    least = cluster.user("taints-least", RBAC)
    for args in ("-o json", "-l set=taints -o wide", f"{NODE} -o json", "--group"):
        theirs, ours = (_taints(who, *args.split()) for who in (cluster.kubeconfig, least))
        assert _ageless(ours) == _ageless(theirs)
        assert "tainted-0" in ours[0]


def _ageless(answer: tuple[str, str]) -> tuple[str, str]:
    """The answer without the seconds that passed between two of them."""
    return re.sub(r"\b\d+s\+ *", "", answer[0]), answer[1]


def test_every_documented_right_is_needed(cluster: Lab) -> None:
    """Without any one of the rules something is refused: the least is the least."""
    role = yaml.safe_load(RBAC.read_text())
    for i in range(len(role["rules"])):
        rest = [rule for j, rule in enumerate(role["rules"]) if j != i]
        poor = role | {"metadata": {"name": f"taints-without-{i}"}, "rules": rest}
        kubeconfig = cluster.user(f"taints-without-{i}", yaml.safe_dump(poor))
        shown = subprocess.run(
            [sys.executable, "-m", "kubectl_taints", NODE],
            env={**os.environ, "KUBECONFIG": str(kubeconfig)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "is forbidden" in shown.stdout + shown.stderr


def test_without_pods_the_node_view_says_what_is_unknown(cluster: Lab) -> None:
    """The taints are shown all the same; the pods are unknown, never none."""
    rules = [{"apiGroups": [""], "resources": ["nodes"], "verbs": ["get", "list"]}]
    role = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "no-pods"},
        "rules": rules,
    }
    kubeconfig = cluster.user("no-pods", yaml.safe_dump(role))
    refusal = FORBIDDEN.format(user="no-pods")
    shown, talk = _taints(kubeconfig, NODE)
    assert f"Pods: unknown\n  {refusal} (to know, it takes the right to list pods)\n" in shown
    assert (talk, "special=true:NoExecute" in shown) == ("", True)
    answer = json.loads(_taints(kubeconfig, NODE, "-o", "json")[0])
    assert answer["nodes"][0]["pods"] is None
    assert answer["incomplete"] == [
        {
            "verb": "list",
            "resource": "pods",
            "namespace": "",
            "affects": ["nodes[].pods"],
            "reason": refusal,
            "settledBy": "the right to list pods",
        }
    ]


def test_without_nodes_there_is_no_answer(cluster: Lab) -> None:
    """The server's refusal, and where the rights stand that it takes."""
    role = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "nothing"},
        "rules": [],
    }
    kubeconfig = cluster.user("nothing", yaml.safe_dump(role))
    assert _taints(kubeconfig, code=1) == (
        "",
        'Error from server (Forbidden): nodes is forbidden: User "nothing" cannot list resource "nodes" '
        'in API group "" at the cluster scope (nothing can be said without the right to list nodes: see docs/rbac/taints.yaml)\n',
    )


def test_the_node_view_of_a_live_cluster(cluster: Lab) -> None:
    """Each pod with what becomes of it and through which toleration, those that go first."""
    answer = json.loads(_taints(cluster.kubeconfig, NODE, "-o", "json")[0])
    (node,) = answer["nodes"]
    assert answer["serverVersion"] == "v1.37.2"
    assert [(pod["name"], pod["outcome"]) for pod in node["pods"]] == [
        ("goes", "evicted-now"),
        ("goes-later", "evicted-later"),
        ("stays", "stays"),
    ]
    assert {taint["setBy"]["name"] for taint in node["taints"]} == {"kubectl taint"}


def test_a_live_run_and_its_snapshot_print_the_same_bytes(cluster: Lab, tmp_path: Path) -> None:
    """What --save-snapshot recorded answers the same command, refusals included."""
    saved = tmp_path / "cluster.gz"
    live = _taints(cluster.kubeconfig, NODE, "no-such-node", "--save-snapshot", str(saved), code=1)
    assert (
        _taints(Path("/nonexistent"), NODE, "no-such-node", "--snapshot", str(saved), code=1)
        == live
    )

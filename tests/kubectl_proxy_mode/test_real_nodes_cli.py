"""The whole command on two real nodes: what is observed, what is only configured, and what is neither."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.kubectl_proxy_mode.asking import RBAC, kube_proxies
from tests.kubectl_proxy_mode.disturbing import DAEMONSET, bound_to, changed_config, settle
from tests.lab.nodes import RealNodes
from tests.lab.waiting import wait_for

COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_proxy_mode"]
RIGHTS = Path(__file__).parent.parent.parent / "docs/rbac/proxy-mode.yaml"


@pytest.fixture(scope="module", autouse=True)
def listening(real_nodes: RealNodes) -> None:
    """Both kube-proxies answer."""
    settle(real_nodes)


def test_the_modes_are_observed(real_nodes: RealNodes) -> None:
    """Each node has its own, known from the process itself and configured just so."""
    nodes = _nodes(real_nodes)
    assert [_facts(nodes[name]) for name in ("node1", "node2")] == [
        ("iptables", "observed", "iptables", "kube-proxy", "v1.37.2"),
        ("nftables", "observed", "nftables", "kube-proxy", "v1.37.2"),
    ]


def test_a_config_map_that_changed_is_no_observation(real_nodes: RealNodes) -> None:
    """What is configured and what runs are told apart, and a note says that a restart is due."""
    with changed_config(real_nodes, 'mode: "iptables"', 'mode: "nftables"'):
        node = _nodes(real_nodes)["node1"]
        assert _facts(node)[:3] == ("iptables", "observed", "nftables")
        assert "restart" in " ".join(map(str, node["notes"]))
        unasked = _nodes(real_nodes, "--no-probe")["node1"]
        assert unasked["certainty"] != "observed"


def test_a_node_without_kube_proxy_is_unknown(real_nodes: RealNodes) -> None:
    """With the DaemonSet gone nothing is observed, nothing is made up, and the reason is told."""
    with _without_daemonset(real_nodes):
        node = _nodes(real_nodes)["node1"]
        assert (node["mode"], node["certainty"]) == ("", "unknown")
        assert "kube-proxy" in " ".join(map(str, node["notes"]))


def test_a_metrics_server_that_moved_is_followed(real_nodes: RealNodes) -> None:
    """The port is the one that the ConfigMap names; where that is no longer so, a note says what is wrong."""
    user = _bind(real_nodes, "no-log")
    with bound_to(real_nodes, "127.0.0.1:10299"):
        by_forward = "by port-forward"
        wait_for("port 10299", lambda: _nodes(real_nodes)["node1"]["source"].endswith(by_forward))
        with changed_config(real_nodes, 'metricsBindAddress: ".*"', 'metricsBindAddress: ""'):
            logged = _nodes(real_nodes)["node1"]
            guessed = _nodes(real_nodes, "--as", user)["node1"]
    assert _facts(logged)[:3] == ("iptables", "observed", "iptables")
    assert logged["source"].startswith("the log of pod kube-system/kube-proxy-")
    assert guessed["certainty"] != "observed"
    notes = " ".join(guessed["notes"])
    assert "nothing listens on port 10249" in notes, notes


def test_the_least_rights_suffice(real_nodes: RealNodes) -> None:
    """Whoever has no more than docs/rbac/proxy-mode.yaml observes both nodes, and nothing is incomplete."""
    document = _document(real_nodes, "--as", _bind(real_nodes, "least"))
    certainties = [node["certainty"] for node in document["nodes"]]
    assert (certainties, document["incomplete"]) == (["observed", "observed"], [])


def _bind(real_nodes: RealNodes, user: str) -> str:
    """Grants the user what docs/rbac/proxy-mode.yaml says, which is no log, and names it again.

    As its comment tells, with the ConfigMap that node2's own DaemonSet mounts.
    """
    for number, role in enumerate(yaml.safe_load_all(RIGHTS.read_text())):
        for rule in role["rules"]:
            if rule["resources"] == ["configmaps"]:
                rule["resourceNames"].append("kube-proxy-nftables")
        name = f"{user}-{number}"
        binding: dict[str, Any] = {
            "apiVersion": f"{RBAC}/v1",
            "kind": "ClusterRoleBinding",
            "metadata": {"name": name},
            "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": name},
            "subjects": [{"apiGroup": RBAC, "kind": "User", "name": user}],
        }
        for document in (role | {"metadata": {"name": name}}, binding):
            real_nodes.kubectl("apply", "-f", "-", input=json.dumps(document))
    return user


def _facts(node: dict[str, Any]) -> tuple[str, ...]:
    fields = ("mode", "certainty", "configured", "implementation", "version")
    return tuple(node[field] for field in fields)


def _nodes(real_nodes: RealNodes, *flags: str) -> dict[str, dict[str, Any]]:
    return {node["name"]: node for node in _document(real_nodes, *flags)["nodes"]}


def _document(real_nodes: RealNodes, *flags: str) -> dict[str, Any]:
    where = ("--kubeconfig", str(real_nodes.kubeconfig), "-o", "json")
    done = subprocess.run([*COMMAND, *where, *flags], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@contextmanager
def _without_daemonset(real_nodes: RealNodes) -> Iterator[None]:
    """node1's DaemonSet deleted, and in the end as it was."""
    kept = json.loads(real_nodes.kubectl("get", *DAEMONSET, "-o", "json").stdout)
    kept["metadata"] = {key: kept["metadata"][key] for key in ("name", "namespace", "labels")}
    del kept["status"]
    real_nodes.kubectl("delete", *DAEMONSET)
    try:
        wait_for("the pod's end", lambda: len(kube_proxies(real_nodes.kubectl)) == 1)
        yield
    finally:
        real_nodes.kubectl("create", "-f", "-", input=json.dumps(kept))
        settle(real_nodes)

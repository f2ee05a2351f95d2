"""`kubectl proxy-mode` on a real API server: what it reads, with how few rights, and what a snapshot keeps."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.lab.lab import Lab

RBAC = Path(__file__).parent.parent.parent / "docs" / "rbac" / "proxy-mode.yaml"
NODES = ("proxied-0", "proxied-1")
CONFIG = "kind: KubeProxyConfiguration\nmode: nftables\n"
POD: dict[str, Any] = {
    "serviceAccountName": "kube-proxy",
    "hostNetwork": True,
    "containers": [
        {
            "name": "kube-proxy",
            "image": "registry.k8s.io/kube-proxy:v1.37.2",
            "command": ["/usr/local/bin/kube-proxy", "--config=/var/lib/kube-proxy/config.conf"],
            "volumeMounts": [{"name": "config", "mountPath": "/var/lib/kube-proxy"}],
        }
    ],
    "volumes": [{"name": "config", "configMap": {"name": "kube-proxy"}}],
}
LABELS = {"k8s-app": "kube-proxy"}
SYSTEM = ("-n", "kube-system")


@pytest.fixture(scope="module")
def cluster(lab: Lab) -> Iterator[Lab]:
    """The shared control plane with two nodes, one kube-proxy's pod, its DaemonSet and its ConfigMap."""
    for name in NODES:
        lab.add_node(name, labels={"set": "proxied", "kubernetes.io/os": "linux"})
    for document in _documents():
        lab.kubectl("create", *SYSTEM, "-f", "-", input=json.dumps(document))
    yield lab
    kinds = ("daemonset", "configmap", "serviceaccount")
    gone = (*(f"{kind}/kube-proxy" for kind in kinds), "pod/kube-proxy-0")
    lab.kubectl("delete", *SYSTEM, *gone, "--force", "--grace-period=0")
    lab.kubectl("delete", "node", *NODES)


def _documents() -> list[dict[str, Any]]:
    template = {"metadata": {"labels": LABELS}, "spec": POD}
    return [
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "kube-proxy"}},
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "kube-proxy"},
            "data": {"config.conf": CONFIG},
        },
        {
            "apiVersion": "apps/v1",
            "kind": "DaemonSet",
            "metadata": {"name": "kube-proxy"},
            "spec": {"selector": {"matchLabels": LABELS}, "template": template},
        },
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": "kube-proxy-0", "labels": LABELS},
            "spec": {**POD, "nodeName": NODES[0]},
        },
    ]


def _ask(*args: str, code: int = 0) -> tuple[str, str]:
    command = [sys.executable, "-W", "error", "-m", "kubectl_proxy_mode", *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout, done.stderr


def _document(kubeconfig: Path, *args: str) -> dict[str, Any]:
    where = ("--kubeconfig", str(kubeconfig), "-l", "set=proxied", "-o", "json", "--no-probe")
    document: dict[str, Any] = json.loads(_ask(*where, *args)[0])
    return document


def test_without_probing_the_configuration_is_told_as_such(cluster: Lab) -> None:
    """A pod that no kubelet runs has a configured mode and no mode; a node without one says why."""
    first, second = _document(cluster.kubeconfig)["nodes"]
    assert (first["mode"], first["certainty"], first["configured"]) == ("", "unknown", "nftables")
    assert first["notes"][0].startswith("pod kube-system/kube-proxy-0 does not run (Pending)")
    assert (second["mode"], second["pod"], second["configured"]) == ("", "", "nftables")
    assert "is meant for this node and has no pod on it" in second["notes"][0]


def test_a_pod_that_runs_is_configured(cluster: Lab) -> None:
    """As soon as its status says so; asked, it does not answer, and the note says which way failed how."""
    status = {"status": {"phase": "Running"}}
    patch = ("--subresource=status", "--type=merge", "-p", json.dumps(status))
    cluster.kubectl("patch", *SYSTEM, "pod", "kube-proxy-0", *patch)
    node = _document(cluster.kubeconfig)["nodes"][0]
    assert (node["mode"], node["certainty"], node["notes"]) == ("nftables", "configured", [])
    asked = ("--kubeconfig", str(cluster.kubeconfig), NODES[0], "-o", "json")
    node = json.loads(_ask(*asked, "--request-timeout=20s")[0])["nodes"][0]
    assert (node["mode"], node["certainty"]) == ("nftables", "configured")
    assert any(note.startswith("not observed by portforward") for note in node["notes"])


def test_a_user_with_only_the_documented_rights_gets_the_whole_answer(cluster: Lab) -> None:
    """docs/rbac/proxy-mode.yaml is enough: the answer is an administrator's."""
    least = cluster.user("proxy-least", RBAC)
    assert _document(least) == _document(cluster.kubeconfig)
    assert _document(least)["incomplete"] == []


@pytest.mark.parametrize("resource", ["daemonsets", "pods", "configmaps"])
def test_without_a_right_the_answer_says_what_is_unknown(cluster: Lab, resource: str) -> None:
    """Each list of the documented rights is needed: without it the answer is incomplete, and no mode is certain."""
    poor = cluster.user(f"proxy-without-{resource}", _without(resource))
    document = _document(poor)
    assert [read["resource"] for read in document["incomplete"]] == [resource]
    node = document["nodes"][0]
    assert node["certainty"] != "observed"
    assert any("could not be read" in note for note in node["notes"]) or resource == "configmaps"


def test_without_nodes_there_is_no_answer(cluster: Lab) -> None:
    """The refusal names the file with the rights."""
    poor = cluster.user("proxy-without-nodes", _without("nodes"))
    _, talk = _ask("--kubeconfig", str(poor), code=1)
    assert "cannot list resource" in talk
    assert "docs/rbac/proxy-mode.yaml" in talk


def test_a_snapshot_gives_the_same_answer(cluster: Lab, tmp_path: Path) -> None:
    """What a run read is all that its answer needs."""
    saved = tmp_path / "cluster.gz"
    live = _document(cluster.kubeconfig, "--save-snapshot", str(saved))
    replayed = _ask("--snapshot", str(saved), "-l", "set=proxied", "-o", "json")[0]
    assert json.loads(replayed) == live


def _without(resource: str) -> str:
    """The documented roles under other names, less what they say of one resource."""
    roles = list(yaml.safe_load_all(RBAC.read_text()))
    for role in roles:
        role["metadata"]["name"] += f"-without-{resource}"
        role["rules"] = [rule for rule in role["rules"] if rule["resources"] != [resource]]
    return yaml.safe_dump_all(roles)

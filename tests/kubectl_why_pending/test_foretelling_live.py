"""`-f`: what is foretold of manifests is what becomes of them when they are applied."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kubectl_why_pending.plugin import items
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

NAMESPACE = "foretold"
LABELS = {"app": "x"}


@pytest.fixture(scope="module")
def cluster(own_lab: Lab) -> Iterator[Lab]:
    """Two nodes, a namespace with a default for cpu, and a priority class."""
    own_lab.kubectl("create", "namespace", NAMESPACE)
    account = ("get", "serviceaccount", "default", "-n", NAMESPACE)
    wait_for("a service account", lambda: not own_lab.kubectl(*account, check=False).returncode)
    own_lab.add_node("small", capacity={"cpu": "1", "memory": "1Gi", "pods": "10"})
    own_lab.add_node("large", capacity={"cpu": "4", "memory": "8Gi", "pods": "20"})
    limits = {
        "limits": [{"type": "Container", "defaultRequest": {"cpu": "3"}, "max": {"cpu": "16"}}]
    }
    path = f"/api/v1/namespaces/{NAMESPACE}/limitranges"
    own_lab.api.send("POST", path, {"metadata": {"name": "defaults"}, "spec": limits})
    yield own_lab


def _deployment(name: str, **container: Any) -> dict[str, Any]:
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {
            "selector": {"matchLabels": LABELS},
            "template": {
                "metadata": {"labels": LABELS},
                "spec": {"containers": [{"name": "c", "image": "i", **container}]},
            },
        },
    }


def _foretold(cluster: Lab, manifest: Path) -> dict[str, Any]:
    [item] = items(cluster.kubeconfig, "-f", str(manifest), "-n", NAMESPACE)
    return item


def test_the_limit_range_counts(cluster: Lab, tmp_path: Path) -> None:
    """A pod without requests gets the namespace's default: it fits the large node alone, and goes there."""
    manifest = tmp_path / "web.json"
    manifest.write_text(json.dumps(_deployment("web")))
    item = _foretold(cluster, manifest)
    assert (item["state"], item["kind"], item["fits"]) == ("Schedulable", "Deployment", ["large"])
    [small] = item["nodes"]
    assert small["failures"][0]["detail"].startswith("cpu: needs 3, free 1 of 1")
    cluster.kubectl("apply", "-f", manifest)

    def node() -> str:
        words = (
            "get",
            "pods",
            "-n",
            NAMESPACE,
            "-l",
            "app=x",
            "-o",
            "jsonpath={.items[*].spec.nodeName}",
        )
        return cluster.kubectl(*words).stdout

    assert wait_for("the pod to be bound", node, 30) == "large"
    cluster.kubectl("delete", "-f", manifest)
    force = ("--force", "--grace-period=0")  # no kubelet ends it
    cluster.kubectl("delete", "pods", "-n", NAMESPACE, "-l", "app=x", *force)


def test_what_no_node_takes(cluster: Lab, tmp_path: Path) -> None:
    """The sentence that is foretold is the one that the scheduler then says."""
    manifest = tmp_path / "huge.json"
    huge = _deployment("huge", resources={"requests": {"cpu": "12"}})
    pod = {**huge["spec"]["template"], "apiVersion": "v1", "kind": "Pod"}
    pod["metadata"] = {"name": "huge", "namespace": NAMESPACE}
    manifest.write_text(json.dumps(pod))
    item = _foretold(cluster, manifest)
    assert item["state"] == "Unschedulable"
    cluster.kubectl("apply", "-f", manifest)

    def said() -> Any:
        [now] = items(cluster.kubeconfig, "huge", "-n", NAMESPACE)
        return now["scheduler"]["message"]

    assert wait_for("the scheduler's condition", said, 30) == item["message"]


def test_what_the_server_would_refuse(cluster: Lab, tmp_path: Path) -> None:
    """Nothing is created, and the words are the server's."""
    manifest = tmp_path / "over.json"
    over = _deployment("over", resources={"limits": {"cpu": "64"}})
    manifest.write_text(json.dumps(over))
    item = _foretold(cluster, manifest)
    assert item["state"] == "NotCreated"
    assert "maximum cpu usage per Container is 16, but limit is 64" in item["headline"]


def test_a_daemon_set_is_told_by_its_nodes(cluster: Lab, tmp_path: Path) -> None:
    """Which nodes would run a pod of it, and why the others would not."""
    daemons = _deployment("agent", resources={"requests": {"cpu": "2"}})
    daemons["kind"] = "DaemonSet"
    manifest = tmp_path / "agent.json"
    manifest.write_text(json.dumps(daemons))
    item = _foretold(cluster, manifest)
    assert (item["headline"], item["fits"]) == ("1 of 2 nodes would run a pod of it", ["large"])


def test_what_is_applied_together_counts_together(cluster: Lab, tmp_path: Path) -> None:
    """A claim and its class of the same file are there for the pod, in the namespace of the command."""
    manifest = tmp_path / "together.yaml"
    manifest.write_text(
        "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: at-once}\n"
        "provisioner: csi.example.com\n---\n"
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\n"
        "spec: {storageClassName: at-once, accessModes: [ReadWriteOnce],"
        " resources: {requests: {storage: 1Gi}}}\n---\n"
        "apiVersion: v1\nkind: Pod\nmetadata: {name: db}\nspec:\n"
        "  containers: [{name: c, image: i, resources: {requests: {cpu: 100m}}}]\n"
        "  volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]\n"
    )
    item = _foretold(cluster, manifest)
    assert item["state"] == "Unschedulable"
    assert "pod has unbound immediate PersistentVolumeClaims" in item["message"]

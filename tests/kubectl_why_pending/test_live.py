"""Rights, watching and a cluster that does not answer as wished."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kubectl_why_pending.plugin import COMMAND, items, why_pending
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

RBAC = Path(__file__).parent.parent.parent / "docs" / "rbac" / "why-pending.yaml"
NAMESPACE = "why-live"


@pytest.fixture(scope="module")
def cluster(own_lab: Lab) -> Iterator[Lab]:
    """One node, and pods that need lists of every kind."""
    own_lab.kubectl("create", "namespace", NAMESPACE)
    account = ("get", "serviceaccount", "default", "-n", NAMESPACE)
    wait_for("a service account", lambda: not own_lab.kubectl(*account, check=False).returncode)
    own_lab.add_node("only", capacity={"cpu": "2", "memory": "4Gi", "pods": "10"})
    volumes = [{"name": "v", "persistentVolumeClaim": {"claimName": "missing"}}]
    _create(own_lab, "claimant", {"volumes": volumes})
    _create(own_lab, "large", {}, cpu="16")
    told = ("large", "-n", NAMESPACE)
    wait_for("a verdict", lambda: items(own_lab.kubeconfig, *told)[0]["scheduler"]["agrees"])
    yield own_lab


def _create(lab: Lab, name: str, spec: dict[str, Any], cpu: str = "10m") -> None:
    container = {"name": "c", "image": "i", "resources": {"requests": {"cpu": cpu}}}
    pod = {"metadata": {"name": name}, "spec": {"containers": [container], **spec}}
    lab.api.send("POST", f"/api/v1/namespaces/{NAMESPACE}/pods", pod)


def _report(kubeconfig: Path, *args: str) -> dict[str, Any]:
    code, out, err = why_pending(kubeconfig, *args, "-o", "json")
    assert code == 0, err
    report: dict[str, Any] = json.loads(out)
    for item in report["items"]:
        del item["headline"]  # it tells the time
        item["evidence"] = len(item["evidence"])
    return report


def test_the_least_rights_are_enough(cluster: Lab) -> None:
    """docs/rbac/why-pending.yaml: the answers are an administrator's, and nothing is unknown."""
    least = cluster.user("why-least", RBAC)
    for args in (("-n", NAMESPACE), ("-A",), ("claimant", "-n", NAMESPACE)):
        theirs = _report(cluster.kubeconfig, *args)
        assert _report(least, *args) == theirs
        assert theirs["incomplete"] == []


def test_without_rights_it_says_what_is_unknown(cluster: Lab) -> None:
    """Pods alone: the nodes are unknown, which right would settle it is named, and the exit code says so."""
    pods = (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"
        "metadata: {name: why-pods}\n"
        "rules: [{apiGroups: [''], resources: [pods], verbs: [list]}]\n"
    )
    limited = cluster.user("why-pods", pods)
    report = _report(limited, "large", "-n", NAMESPACE)
    unread = {read["resource"]: read["settledBy"] for read in report["incomplete"]}
    assert unread["nodes"] == "the right to list nodes"
    code, _, talk = why_pending(limited, "large", "-n", NAMESPACE, "--exit-code")
    assert code == 2
    assert "nodes are unknown" in talk


def test_nodes_that_could_not_be_read_are_no_verdict(cluster: Lab) -> None:
    """Without nodes nothing is said of them: no sentence, no agreement."""
    limited = cluster.user("why-pods-2", RBAC.read_text().replace("[nodes, pods,", "[pods,"))
    [item] = _report(limited, "large", "-n", NAMESPACE)["items"]
    assert "message" not in item
    assert item["scheduler"]["agrees"] is None
    assert item["uncertain"] != []


def test_watch_ends_when_the_pod_has_a_node(cluster: Lab) -> None:
    """It shows the answer, waits, and leaves with 0 once the pod is scheduled."""
    _create(cluster, "patient", {"nodeSelector": {"pool": "late"}})
    environ = {**os.environ, "KUBECONFIG": str(cluster.kubeconfig)}
    watch = [*COMMAND, "patient", "-n", NAMESPACE, "--watch"]
    with subprocess.Popen(watch, env=environ, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout
            line = ""
            while "wants pool=late" not in line:
                line = child.stdout.readline()
                assert line, "it ended before the pod was scheduled"
            cluster.add_node("late", labels={"pool": "late"})
            assert child.wait(60) == 0
        finally:
            child.kill()


def test_a_recorded_run_answers_the_same(cluster: Lab, tmp_path: Path) -> None:
    """What --save-snapshot recorded answers the same question."""
    saved = tmp_path / "cluster.gz"
    args = ("large", "-n", NAMESPACE)
    live = _report(cluster.kubeconfig, *args, "--save-snapshot", str(saved))
    recorded = _report(tmp_path / "none", *args, "--snapshot", str(saved))
    assert recorded == live

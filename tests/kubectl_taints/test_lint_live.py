"""`kubectl taints lint` on a real cluster: what it finds, and that its fixes mend it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kubectl_taints.plugin import taints
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

MANIFEST = Path(__file__).parent / "manifests" / "lint.yaml"
OLD, NEW = "node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"
NODES: dict[str, tuple[str, dict[str, str] | None]] = {
    "control": ("control", {"key": NEW, "effect": "NoSchedule"}),
    "cordoned": ("plain", None),
    "gpu-0": ("gpu", {"key": "gpu", "value": "true", "effect": "NoSchedule"}),
    "gpu-1": ("gpu", {"key": "gpu", "value": "true", "effect": "NoSchedule"}),
    "kept": ("kept", {"key": "forgotten", "value": "yes", "effect": "NoSchedule"}),
    "old": ("old", {"key": OLD, "effect": "NoSchedule"}),
    "plain": ("plain", None),
    "soft": ("plain", {"key": "soft", "effect": "PreferNoSchedule"}),
}
UNUSED = "untolerated-taint", "warning"
BEFORE = [
    ("old-key", "warning", "Node/old"),
    (*UNUSED, "Taint/forgotten=yes:NoSchedule"),
    (*UNUSED, "Taint/gpu=true:NoSchedule"),
]
AFTER = [
    ("daemonset-kept-off", "warning", "DaemonSet/gpu-agent"),
    ("old-key", "warning", "Node/old"),
    ("old-key", "warning", "CronJob/old-key"),
    ("tolerates-everything", "warning", "Deployment/everywhere"),
    ("tolerates-everything", "warning", "Pod/bare"),
    ("tolerates-everything", "warning", "StatefulSet/never-leaves"),
    ("daemonset-kept-off", "info", "DaemonSet/role-agent"),
    ("tolerates-everything", "info", "DaemonSet/exporter"),
    ("untolerated-taint", "info", "Taint/forgotten=yes:NoSchedule"),
]
MENDED = [
    ("tolerates-everything", "warning", "Pod/bare"),  # a pod keeps its tolerations
    ("old-key", "info", "CronJob/old-key"),  # both keys now, and no node has the old one
    ("old-key", "info", "Deployment/both-keys"),
    ("tolerates-everything", "info", "DaemonSet/exporter"),
]


@pytest.fixture(scope="module")
def nodes(own_lab: Lab) -> Iterator[Lab]:
    """A cluster with a node for each kind of taint."""
    for name, (pool, taint) in NODES.items():
        own_lab.add_node(name, labels={"pool": pool}, taints=[taint] if taint else [])
    own_lab.kubectl("cordon", "cordoned")
    taints = ("get", "node", "cordoned", "-o", "jsonpath={.spec.taints}")
    wait_for("the cordon's taint", lambda: own_lab.kubectl(*taints).stdout)
    yield own_lab


def _findings(cluster: Lab, *args: str) -> list[dict[str, Any]]:
    answer = json.loads(taints(cluster.kubeconfig, "lint", "-o", "json", *args)[1])
    assert answer["incomplete"] == []
    found: list[dict[str, Any]] = answer["findings"]
    return found


def _short(findings: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [
        (f["rule"], f["severity"], f"{f['subject']['kind']}/{f['subject']['name']}")
        for f in findings
    ]


def test_taints_of_an_empty_cluster(nodes: Lab) -> None:
    """Nothing runs, so nothing tolerates the lasting taints; cordon, role and preference are silent."""
    assert _short(_findings(nodes)) == BEFORE


def test_each_rule_fires_and_its_fix_mends_it(nodes: Lab) -> None:
    """On workloads applied to a real cluster; every printed command runs, and silences its finding."""
    nodes.kubectl("apply", "-f", MANIFEST)
    pods = ("get", "pods", "-n", "lint", "-o", "name")
    wait_for("every pod", lambda: len(nodes.kubectl(*pods).stdout.split()) == 19)
    findings = _findings(nodes)
    plugins = Path(sys.executable).parent
    environ = nodes.environ | {"PATH": f"{nodes.environ['PATH']}:{plugins}"}
    assert _short(findings) == AFTER
    assert taints(nodes.kubeconfig, "lint", "--exit-code")[0] == 1
    for finding in findings:
        if finding["fix"]:
            subprocess.run(["bash", "-c", finding["fix"]["command"]], env=environ, check=True)
    wait_for("the fixes to be rolled out", lambda: _short(_findings(nodes)) == MENDED)
    assert _findings(nodes, "-n", "kube-system") == []

"""`kubectl proxy-mode lint` on a real cluster: what it finds, and that its fixes mend it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.api import MERGE_PATCH
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

MANIFEST = Path(__file__).parent / "manifests" / "lint.yaml"
COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_proxy_mode", "lint", "--no-probe"]
POOLS = ("file", "none", "old", "args", "skew", "twice")
OLD, NEW = "4.18.0-553.el8_10.x86_64", "6.8.0-45-generic"
FOUND = [
    ("nftables-on-old-kernel", "error", "ConfigMap/kube-proxy-old"),
    ("version-skew", "error", "DaemonSet/kube-proxy-skew"),
    ("ipvs-before-1.40", "warning", "ConfigMap/kube-proxy"),
    ("ipvs-before-1.40", "warning", "DaemonSet/kube-proxy-args"),
    ("kube-proxy-beside-replacement", "warning", "DaemonSet/kube-proxy-twice"),
    ("unset-mode", "warning", "ConfigMap/kube-proxy-none"),
]


@pytest.fixture(scope="module")
def cluster(own_lab: Lab) -> Iterator[Lab]:
    """A cluster with controllers and scheduler, and a node for each pool."""
    for pool in POOLS:
        own_lab.add_node(pool, labels={"pool": pool})
        info = {"kernelVersion": OLD if pool == "old" else NEW, "kubeletVersion": "v1.36.0"}
        status = {"status": {"nodeInfo": info | {"operatingSystem": "linux"}}}
        own_lab.api.send("PATCH", f"/api/v1/nodes/{pool}/status", status, MERGE_PATCH)
    yield own_lab


def _lint(cluster: Lab, *args: str) -> tuple[int, str]:
    flags = ("--kubeconfig", str(cluster.kubeconfig))
    done = subprocess.run([*COMMAND, *flags, *args], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def _findings(cluster: Lab) -> list[dict[str, Any]]:
    answer = json.loads(_lint(cluster, "-o", "json")[1])
    assert answer["incomplete"] == []
    found: list[dict[str, Any]] = answer["findings"]
    return found


def _short(findings: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [
        (f["rule"], f["severity"], f"{f['subject']['kind']}/{f['subject']['name']}")
        for f in findings
    ]


def test_each_rule_fires_and_its_fix_mends_it(cluster: Lab) -> None:
    """On DaemonSets that a real controller rolls out; every printed command runs, and silences its finding."""
    cluster.kubectl("apply", "-f", MANIFEST)
    wait_for("all findings", lambda: _short(_findings(cluster)) == FOUND)
    assert _lint(cluster, "--exit-code")[0] == 1
    for finding in _findings(cluster):
        command = finding["fix"]["command"]
        subprocess.run(["bash", "-ec", command], env=cluster.environ, check=True)
    wait_for("the fixes to be rolled out", lambda: _findings(cluster) == [])
    assert _lint(cluster, "--exit-code", "--allow-incomplete")[0] == 0
    modes = ("get", "configmap", "-n", "kube-system", "-o", r"jsonpath={.data.config\.conf}")
    for name, mode in (("kube-proxy", "nftables"), ("kube-proxy-none", "iptables")):
        text = cluster.kubectl(*modes, name).stdout
        assert text.count("mode:") == 1 and f"\nmode: {mode}\n" in text
        assert text.startswith("apiVersion: kubeproxy.config.k8s.io/v1alpha1\ndetectLocalMode: ")

"""`kubectl proxy-mode lint` on two real nodes: what runs is not what is written, until the fix is run."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.kubectl_proxy_mode.disturbing import changed_config, settle
from tests.lab.nodes import RealNodes
from tests.lab.programs import program
from tests.lab.waiting import wait_for

COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_proxy_mode", "lint"]
MESSAGE = (
    "iptables runs, but nftables is configured in ConfigMap kube-system/kube-proxy:"
    " the next restart changes it"
)


@pytest.fixture
def nodes(real_nodes: RealNodes) -> Iterator[RealNodes]:
    """Both kube-proxies answer, in the end in the modes that they had."""
    settle(real_nodes)
    yield real_nodes
    real_nodes.switch_mode("iptables")
    settle(real_nodes)


def _findings(nodes: RealNodes) -> list[dict[str, Any]]:
    flags = ("--kubeconfig", str(nodes.kubeconfig), "-o", "json")
    done = subprocess.run([*COMMAND, *flags], capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return found


def _environ(nodes: RealNodes) -> dict[str, str]:
    path = f"{program('kubectl').parent}:{os.environ['PATH']}"
    return os.environ | {"KUBECONFIG": str(nodes.kubeconfig), "PATH": path}


def test_a_restart_mends_what_runs_otherwise(nodes: RealNodes) -> None:
    """Nothing is found on nodes as they were made; a ConfigMap that changed is found, with the restart."""
    assert _findings(nodes) == []
    with changed_config(nodes, 'mode: "iptables"', 'mode: "nftables"'):
        [finding] = _findings(nodes)
        assert finding["rule"] == "configured-not-observed"
        assert finding["message"] == MESSAGE
        assert [line.partition(":")[0] for line in finding["evidence"]] == ["node/node1"]
        command = finding["fix"]["command"]
        subprocess.run(["bash", "-ec", command], env=_environ(nodes), check=True)
        wait_for("nftables to run", lambda: _findings(nodes) == [])

"""The cases are what a real API server makes of the same objects."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kubectl_proxy_mode.crds import create_crds
from tests.kubectl_proxy_mode.stage import Stage, objects_of
from tests.lab.lab import Lab

CASES = sorted(Path(__file__).parent.glob("cases/*.yaml"))
# Who was refused is another user's case; when something was written is the API server's own to write.
WHOLE = [case for case in CASES if not case.stem.startswith(("refused", "changed", "recorded"))]
ONLY_NODES = """
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: only-nodes}
rules: [{apiGroups: [""], resources: [nodes], verbs: [list]}]
"""
NO_CONFIG_MAPS = """
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: no-config-maps}
rules:
- {apiGroups: ["", apps, cilium.io], resources: [nodes, pods, daemonsets, ciliumnodeconfigs], verbs: [list]}
"""
RIGHTS = {
    "refused": ONLY_NODES,
    "refused-configmaps": NO_CONFIG_MAPS,
    "refused-calico": NO_CONFIG_MAPS.replace("no-config", "config").replace(
        "verbs: [list]}",
        "verbs: [list]}\n- {apiGroups: [''], resources: [configmaps], verbs: [get]}",
    ),
}


@pytest.fixture(scope="module")
def cluster(programs: None) -> Iterator[Lab]:
    """An API server of our own, in which nothing moves by itself, with the systems' custom resources."""
    with Lab() as own:
        create_crds(own)
        account = {"metadata": {"name": "default"}}
        own.api.send("POST", "/api/v1/namespaces/kube-system/serviceaccounts", account)
        yield own


@pytest.fixture
def stage(cluster: Lab) -> Iterator[Stage]:
    """Where one case is played."""
    stage = Stage(cluster.api)
    yield stage
    stage.clear()


def _nodes(*args: str) -> list[dict[str, Any]]:
    """What is said of each node, where no kube-proxy is asked."""
    command = [sys.executable, "-W", "error", "-m", "kubectl_proxy_mode", "--no-probe"]
    done = subprocess.run(
        [*command, "-o", "json", *args], capture_output=True, text=True, check=True
    )
    nodes: list[dict[str, Any]] = json.loads(done.stdout)["nodes"]
    return nodes


@pytest.mark.parametrize("case", WHOLE, ids=lambda path: path.stem)
def test_a_real_api_server_answers_the_same(case: Path, cluster: Lab, stage: Stage) -> None:
    """Applied there and read back, the objects lead to the nodes that the case leads to."""
    stage.play(objects_of(case))
    live = _nodes("--kubeconfig", str(cluster.kubeconfig))
    assert live == _nodes("--snapshot", str(case))
    assert live


@pytest.mark.parametrize("stem", RIGHTS)
def test_a_real_refusal_is_the_cases_refusal(stem: str, cluster: Lab, stage: Stage) -> None:
    """A user with fewer rights gets the nodes that the case with its refusals leads to."""
    case = Path(__file__).parent / "cases" / f"{stem}.yaml"
    stage.play(objects_of(case))
    user = cluster.user(f"{stem}-ana", RIGHTS[stem])
    live = _nodes("--kubeconfig", str(user))
    assert live == _nodes("--snapshot", str(case))
    assert live

"""Pods that have a node and no container, on real nodes: each with the kubelet's own reason."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.kubectl_why_pending.plugin import items
from tests.lab.nodes import RealNodes
from tests.lab.waiting import wait_for

BOX = {"name": "c", "image": "localhost/box:1", "imagePullPolicy": "Never", "command": ["tiny"]}
PODS: dict[str, tuple[dict[str, Any], str, str]] = {
    "nopull": ({"containers": [{"name": "c", "image": "127.0.0.1:1/nope:1"}]}, "ErrImagePull|ImagePullBackOff", "image's name"),
    "never": ({"containers": [{**BOX, "image": "localhost/nope:1"}]}, "ErrImageNeverPull", "Never"),
    "badname": ({"containers": [{"name": "c", "image": "UPPER/Bad:1"}]}, "InvalidImageName", "cannot be parsed"),
    "nocm": (
        {"containers": [{**BOX, "envFrom": [{"configMapRef": {"name": "missing"}}]}]},
        "CreateContainerConfigError",
        "create what is missing",
    ),
    "novol": (
        {
            "containers": [{**BOX, "volumeMounts": [{"name": "v", "mountPath": "/v"}]}],
            "volumes": [{"name": "v", "secret": {"secretName": "missing"}}],
        },
        "FailedMount",
        "",
    ),
    "init": (
        {
            "initContainers": [{**BOX, "name": "first", "command": ["tiny", "exit", "3"]}],
            "containers": [BOX],
        },
        "CrashLoopBackOff|Error",
        "",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def started(real_nodes: RealNodes) -> Iterator[RealNodes]:
    """Every pod of PODS, each once its kubelet has said why it does not start."""
    for name, (spec, _, _) in PODS.items():
        pod = {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": name, "labels": {"test": "starting"}},
            "spec": {"terminationGracePeriodSeconds": 0, **spec},
        }
        real_nodes.kubectl("apply", "-f", "-", input=json.dumps(pod))
    yield real_nodes
    real_nodes.kubectl("delete", "pod", "-l", "test=starting", "--now")


@pytest.mark.parametrize("name", PODS)
def test_the_kubelets_reason_is_told(started: RealNodes, name: str) -> None:
    """State Starting, the node, the kubelet's reason with its message, and what to do."""
    _, reasons, hint = PODS[name]
    wanted = reasons.split("|")

    def told() -> Any:
        found = items(started.kubeconfig, name)
        text = json.dumps(found[0]["headline"]) if found else ""
        return found if any(reason in text for reason in wanted) else None

    [item] = wait_for(f"the kubelet's words on {name}", told, 60)
    assert item["state"] == "Starting"
    assert item["headline"].startswith("it has a node, node")
    assert hint in " ".join(item["next"])
    assert item["scheduler"]["agrees"] is None
    assert "message" not in item

"""Nodes without a kubelet: only what the API holds of one."""

from typing import Any

from tests.lab.api import MERGE_PATCH, Api

_NODES = "/api/v1/nodes"


def create_node(
    api: Api,
    name: str,
    labels: dict[str, str],
    spec: dict[str, Any],
    capacity: dict[str, str],
    ready: bool | None,
) -> None:
    """Makes a node, or what a kubelet would have reported of it."""
    labels = {"kubernetes.io/hostname": name, "kubernetes.io/os": "linux"} | labels
    node = {"metadata": {"name": name, "labels": labels}, "spec": spec}
    api.send("POST", _NODES, node)
    status = {"capacity": capacity, "allocatable": capacity, "conditions": [_condition(ready)]}
    api.send("PATCH", f"{_NODES}/{name}/status", {"status": status}, MERGE_PATCH)
    if (
        ready
    ):  # admission taints every new node as not ready; its own taints are what a ready one keeps
        api.send("PATCH", f"{_NODES}/{name}", {"spec": {"taints": spec["taints"]}}, MERGE_PATCH)


def _condition(ready: bool | None) -> dict[str, str]:
    status = {True: "True", False: "False", None: "Unknown"}[ready]
    reason = {True: "KubeletReady", False: "KubeletNotReady", None: "NodeStatusUnknown"}[ready]
    return {"type": "Ready", "status": status, "reason": reason}

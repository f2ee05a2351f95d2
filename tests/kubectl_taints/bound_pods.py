"""Pods that a test binds to a node by hand, past the scheduler and NoSchedule taints."""

from collections.abc import Sequence
from typing import Any

from tests.lab.lab import Lab

PODS = "/api/v1/namespaces/default/pods"
Toleration = dict[str, Any]


def create(lab: Lab, name: str, node: str, tolerations: Sequence[Toleration] = ()) -> None:
    """A pod with its name as its only label."""
    container = {"name": "c", "image": "i"}
    spec = {"nodeName": node, "containers": [container], "tolerations": list(tolerations)}
    metadata = {"name": name, "labels": {"name": name}}
    lab.api.send("POST", PODS, {"metadata": metadata, "spec": spec})

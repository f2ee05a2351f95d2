"""What a random cluster is built in: plain objects as the API would give them."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

Thing = dict[str, Any]

START = datetime(2026, 11, 1, tzinfo=UTC)
NAMESPACES = ("default", "team-a", "team-b")


class Scene:
    """Nodes, pods and the pod in question; `others` are objects of every other kind.

    In a scene that `stumbles` a filter may fail. Then the pod is nominated to no node: where that one fits,
    the scheduler asks no other, and whether one fails is not seen.
    """

    def __init__(self, random: Random) -> None:
        self.random = random
        self.nodes: list[Thing] = []
        self.pods: list[Thing] = []
        self.others: list[Thing] = []
        self.stumbles = False
        self.pod = self.new_pod("pod-in-question")

    def chance(self, probability: float) -> bool:
        """True so often."""
        return self.random.random() < probability

    def new_pod(self, name: str, namespace: str = "default", node: str = "") -> Thing:
        """A pod with one container; placed where a node is named, with a start time of its own."""
        number = len(self.pods)
        spec: Thing = {
            "containers": [{"name": "main", "image": "main"}],
            "schedulerName": "default-scheduler",
        }
        pod: Thing = {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {
                "name": name,
                "namespace": namespace,
                "uid": f"{namespace}-{name}",
                "labels": {},
            },
            "spec": spec,
            "status": {"phase": "Running" if node else "Pending"},
        }
        if node:
            spec["nodeName"] = node
            started = START + timedelta(seconds=self.random.randrange(10**6) * 100 + number)
            pod["status"]["startTime"] = started.strftime("%Y-%m-%dT%H:%M:%SZ")
        return pod

    @property
    def all_pods(self) -> list[Thing]:
        """The pod in question among the others."""
        return [self.pod, *self.pods]

    @property
    def objects(self) -> list[Thing]:
        """Everything."""
        return [*self.nodes, *self.pods, self.pod, *self.others]

    @property
    def question(self) -> Thing:
        """As `oracle schedule` takes it."""
        meta = self.pod["metadata"]
        return {"pod": f"{meta['namespace']}/{meta['name']}", "objects": self.objects}

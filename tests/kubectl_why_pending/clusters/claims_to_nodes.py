"""Priorities, budgets, nominated and leaving pods: who may take whose place."""

from tests.kubectl_why_pending.clusters.nodes_and_pods import APPS, add_pod
from tests.kubectl_why_pending.clusters.scene import NAMESPACES, Scene

PRIORITIES = (-10, 0, 0, 5, 1000, None)


def add_preemption(scene: Scene) -> None:
    """A priority for each pod, budgets, pods on their way out, and pods nominated to nodes."""
    random = scene.random
    for pod in scene.pods:
        priority = random.choice(PRIORITIES)
        if priority is not None:
            pod["spec"]["priority"] = priority
        if scene.chance(0.15):
            pod["metadata"]["deletionTimestamp"] = "2026-11-20T00:00:00Z"
            pod["metadata"]["finalizers"] = ["fieldkit/kept"]
            if scene.chance(0.5):
                condition = {
                    "type": "DisruptionTarget",
                    "status": random.choice(["True", "False"]),
                    "reason": random.choice(["PreemptionByScheduler", "EvictionByEvictionAPI"]),
                }
                pod["status"].setdefault("conditions", []).append(condition)
    scene.pod["spec"]["priority"] = random.choice([0, 5, 500, 2000, 2000, 2000])
    if scene.chance(0.1):
        scene.pod["spec"]["preemptionPolicy"] = "Never"
    if scene.chance(0.5):
        _add_budgets(scene)
    if scene.chance(0.4):
        _nominate(scene)


def _add_budgets(scene: Scene) -> None:
    for number in range(scene.random.randint(1, 3)):
        selector = scene.random.choice(
            [{"matchLabels": {"app": scene.random.choice(APPS)}}, {}, None]
        )
        budget = {
            "apiVersion": "policy/v1",
            "kind": "PodDisruptionBudget",
            "metadata": {
                "name": f"budget-{number}",
                "namespace": scene.random.choice(NAMESPACES),
            },
            "spec": {} if selector is None else {"selector": selector},
            "status": {
                "disruptionsAllowed": scene.random.randint(0, 2),
                "currentHealthy": 1,
                "desiredHealthy": 1,
                "expectedPods": 1,
            },
        }
        if scene.pods and scene.chance(0.3):
            name = scene.random.choice(scene.pods)["metadata"]["name"]
            budget["status"]["disruptedPods"] = {name: "2026-11-20T00:00:00Z"}  # type: ignore[index]
        scene.others.append(budget)


def _nominate(scene: Scene) -> None:
    """Some pods without a node have a claim to one; so may the pod in question."""
    names = [node["metadata"]["name"] for node in scene.nodes]
    for _ in range(scene.random.randint(1, 2)):
        pod = add_pod(scene)
        pod["status"]["nominatedNodeName"] = scene.random.choice(names)
        pod["spec"]["priority"] = scene.random.choice([0, 500, 2000, 3000])
        if scene.chance(0.5):
            pod["spec"]["schedulerName"] = "another"
        else:  # the oracle drops a pod that it takes from its queue untried; a gated one stays there
            pod["spec"]["schedulingGates"] = [{"name": "fieldkit/wait"}]
    if not scene.stumbles and scene.chance(0.3):
        scene.pod["status"]["nominatedNodeName"] = scene.random.choice(names)

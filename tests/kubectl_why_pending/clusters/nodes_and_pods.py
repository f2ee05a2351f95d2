"""Nodes with room, and pods on them: what every random cluster begins with."""

from tests.kubectl_why_pending.clusters.scene import NAMESPACES, Scene, Thing

ZONES = ("a", "b", "c")
APPS = ("web", "db", "cache")


def add_base(scene: Scene) -> None:
    """One to seven nodes with labels, namespaces with labels, and up to three pods a node."""
    random = scene.random
    for name in NAMESPACES:
        labels = {"kubernetes.io/metadata.name": name, "team": name[-1]}
        scene.others.append(
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}
        )
    for number in range(random.randint(1, 7)):
        scene.nodes.append(new_node(scene, f"node-{number}"))
    for node in scene.nodes:
        for _ in range(random.randint(0, 3)):
            add_pod(scene, node["metadata"]["name"])
    scene.pod["metadata"]["labels"] = some_labels(scene)


def new_node(scene: Scene, name: str) -> Thing:
    """A node in a zone (some have none), small enough to be full soon."""
    random = scene.random
    labels = {"kubernetes.io/hostname": name}
    if scene.chance(0.9):
        labels["topology.kubernetes.io/zone"] = random.choice(ZONES)
    if scene.chance(0.4):
        labels["disk"] = random.choice(["ssd", "hdd"])
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": labels},
        "spec": {},
        "status": {
            "allocatable": {
                "cpu": random.choice(["1", "2", "3500m", "4"]),
                "memory": random.choice(["1Gi", "2Gi", "4096Mi", "3G"]),
                "ephemeral-storage": "10Gi",
                "pods": str(random.choice([1, 2, 4, 110, 110, 110])),
            }
        },
    }


def add_pod(scene: Scene, node: str = "") -> Thing:
    """Another pod, on that node or nowhere yet."""
    pod = scene.new_pod(f"pod-{len(scene.pods)}", scene.random.choice(NAMESPACES), node)
    pod["metadata"]["labels"] = some_labels(scene)
    scene.pods.append(pod)
    return pod


def some_labels(scene: Scene) -> dict[str, str]:
    """Labels that selectors of other parts may look for."""
    labels = {}
    if scene.chance(0.8):
        labels["app"] = scene.random.choice(APPS)
    if scene.chance(0.3):
        labels["tier"] = scene.random.choice(["front", "back"])
    return labels

"""Waiting claims of one pod that could be bound to the same volumes: who takes which decides the rest."""

from tests.kubectl_why_pending.clusters.scene import Scene, Thing

MODES = ("ReadWriteOnce", "ReadWriteMany")


def add_rivals(scene: Scene) -> None:
    """Two or three claims for the pod in question, and about as many volumes, none like another in size."""
    random = scene.random
    made: Thing = {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {"name": "rivals"},
        "provisioner": "kubernetes.io/no-provisioner",
        "volumeBindingMode": "WaitForFirstConsumer",
    }
    scene.others.append(made)
    sizes = random.sample(range(1, 9), 4)
    scene.others += [_volume(scene, f"rival-{size}", size) for size in sizes]
    count = random.randint(2, 3)
    names = [f"rival-{number}" for number in range(count)]
    scene.others += [_claim(scene, name) for name in names]
    scene.pod["spec"]["volumes"] = [
        {"name": name, "persistentVolumeClaim": {"claimName": name}} for name in names
    ]


def _volume(scene: Scene, name: str, size: int) -> Thing:
    random = scene.random
    spec: Thing = {
        "capacity": {"storage": f"{size}Gi"},
        "accessModes": list(MODES[: random.randint(1, 2)]),
        "storageClassName": "rivals",
        "local": {"path": "/mnt"},
    }
    if scene.chance(0.5):
        nodes = [node["metadata"]["name"] for node in scene.nodes]
        some = random.sample(nodes, random.randint(1, len(nodes)))
        clause = {"key": "kubernetes.io/hostname", "operator": "In", "values": some}
        spec["nodeAffinity"] = {"required": {"nodeSelectorTerms": [{"matchExpressions": [clause]}]}}
    kind = {"apiVersion": "v1", "kind": "PersistentVolume"}
    return {**kind, "metadata": {"name": name}, "spec": spec, "status": {"phase": "Available"}}


def _claim(scene: Scene, name: str) -> Thing:
    random = scene.random
    spec = {
        "accessModes": [random.choice(MODES)],
        "resources": {"requests": {"storage": f"{random.randint(1, 6)}Gi"}},
        "storageClassName": "rivals",
    }
    meta = {"name": name, "namespace": "default", "uid": f"default-{name}"}
    kind = {"apiVersion": "v1", "kind": "PersistentVolumeClaim"}
    return {**kind, "metadata": meta, "spec": spec, "status": {"phase": "Pending"}}

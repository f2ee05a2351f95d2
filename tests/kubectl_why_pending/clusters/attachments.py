"""VolumeAttachments: of volumes that the node's pods have, of others, and of none."""

from collections.abc import Sequence

from tests.kubectl_why_pending.clusters.scene import Scene, Thing


def add_attachments(scene: Scene, drivers: Sequence[str]) -> None:
    """Up to eight; half of them where a pod of the node has a claim of such a volume."""
    random = scene.random
    volumes = [v["metadata"]["name"] for v in scene.others if v["kind"] == "PersistentVolume"]
    in_use = [
        (pod["spec"]["nodeName"], f"of-{pod['metadata']['namespace']}-{claim['claimName']}")
        for pod in scene.pods
        if "nodeName" in pod["spec"]
        for used in pod["spec"].get("volumes", [])
        if (claim := used.get("persistentVolumeClaim"))
    ]
    for number in range(random.choice([0, 1, 3, 8])):
        node = random.choice(scene.nodes)["metadata"]["name"]
        volume = random.choice([*volumes, "gone"])
        if in_use and scene.chance(0.6):
            node, volume = random.choice(in_use)
        source: Thing = {} if scene.chance(0.1) else {"persistentVolumeName": volume}
        spec = {"attacher": random.choice(drivers), "nodeName": node, "source": source}
        kind = {"apiVersion": "storage.k8s.io/v1", "kind": "VolumeAttachment"}
        made = {**kind, "metadata": {"name": f"attachment-{number}"}, "spec": spec}
        scene.others.append({**made, "status": {"attached": True}})

"""Requests: containers, init containers, sidecars, overhead, pod-level, resized in place, extended."""

from tests.kubectl_why_pending.clusters.scene import Scene, Thing

CPU = ("0", "1m", "100m", "0.5", "1", "1500m", "2", "5", "1e-3", "333333n", "0.1")
MEMORY = ("0", "1", "64Mi", "512Mi", "0.5Gi", "1Gi", "1500M", "5Gi", "1e9", "123456789", "100k")
SCALARS = ("example.com/gpu", "hugepages-2Mi", "example.com/fpga", "attachable-volumes-x")


def add_resources(scene: Scene) -> None:
    """Requests of every form on the pod in question and on the others."""
    random = scene.random
    if scene.chance(0.4):
        for node in scene.nodes:
            for name in SCALARS:
                if scene.chance(0.5):
                    node["status"]["allocatable"][name] = random.choice(["0", "1", "2", "4Gi"])
    for pod in scene.all_pods:
        _fill(scene, pod)


def _fill(scene: Scene, pod: Thing) -> None:
    spec = pod["spec"]
    for _ in range(scene.random.choice([0, 0, 1])):
        spec["containers"].append({"name": f"more-{len(spec['containers'])}", "image": "more"})
    for container in spec["containers"]:
        container["resources"] = {"requests": _requests(scene)}
    if scene.chance(0.3):
        spec["initContainers"] = [_init(scene, n) for n in range(scene.random.randint(1, 3))]
    if scene.chance(0.1):
        spec["overhead"] = {"cpu": "10m", "memory": "20Mi"}
    if scene.chance(0.1):
        spec["resources"] = {"requests": {"cpu": scene.random.choice(CPU)}}
    if pod["spec"].get("nodeName") and scene.chance(0.3):
        _resize(scene, pod)


def _init(scene: Scene, number: int) -> Thing:
    container = {
        "name": f"init-{number}",
        "image": "init",
        "resources": {"requests": _requests(scene)},
    }
    if scene.chance(0.4):
        container["restartPolicy"] = "Always"
    return container


def _requests(scene: Scene) -> Thing:
    random = scene.random
    requests: Thing = {}
    if scene.chance(0.7):
        requests["cpu"] = random.choice(CPU)
    if scene.chance(0.6):
        requests["memory"] = random.choice(MEMORY)
    if scene.chance(0.1):
        requests["ephemeral-storage"] = random.choice(["1Gi", "20Gi"])
    if scene.chance(0.15):
        requests[random.choice(SCALARS)] = random.choice(["0", "1", "3", "2Mi"])
    if scene.chance(0.03):
        requests["unprefixed"] = "1"  # which the scheduler does not count
    return requests


def _resize(scene: Scene, pod: Thing) -> None:
    """What a kubelet reports of a pod that was resized, wholly or in part."""
    pod["status"]["containerStatuses"] = [
        {
            "name": container["name"],
            "image": "x",
            "imageID": "",
            "ready": True,
            "restartCount": 0,
            **({"allocatedResources": _requests(scene)} if scene.chance(0.7) else {}),
            **({"resources": {"requests": _requests(scene)}} if scene.chance(0.7) else {}),
        }
        for container in pod["spec"]["containers"]
        if scene.chance(0.8)
    ]
    if scene.chance(0.3):
        reason = scene.random.choice(["Infeasible", "Deferred"])
        condition = {"type": "PodResizePending", "status": "True", "reason": reason}
        pod["status"]["conditions"] = [condition]
    if scene.chance(0.2):
        pod["status"]["allocatedResources"] = _requests(scene)
        pod["status"]["resources"] = {"requests": _requests(scene)}

"""Devices: pools on nodes and shared ones, classes, claims that wait and claims that have theirs."""

from typing import Any

from tests.kubectl_why_pending.clusters.device_pools import DRIVERS, add_pools, device_names
from tests.kubectl_why_pending.clusters.scene import Scene, Thing

API = "resource.k8s.io/v1"
CLASSES = ("gpu", "nic", "any", "both")
EXTENDED = "example.com/npu"


def add_devices(scene: Scene) -> None:
    """Pools and classes, and a pod that wants devices by claims, by an extended resource, or by both."""
    # all of a pool in pieces, or too many, make the filter fail: where another may fail too, or in two ways,
    # the node that comes first decides
    failing = "" if scene.stumbles else scene.random.choice(["", "", "pool", "count"])
    scene.stumbles = scene.stumbles or bool(failing)
    add_pools(scene, broken=failing == "pool")
    _add_classes(scene)
    for number in range(scene.random.choice([0, 0, 1, 2])):
        claim = _claim(scene, f"other-{number}")
        _allocate(scene, claim, selected=False)
        _reserve(claim, f"uid-{number}")
        scene.others.append(claim)
    kind = scene.random.random()
    if kind < 0.8:
        for number in range(scene.random.choice([1, 1, 2])):
            _use(scene, f"claim-{number}")
        if failing == "count":
            _ask_too_much(scene)
    if kind > 0.6:
        _use_extended(scene)


def _add_classes(scene: Scene) -> None:
    for name in CLASSES:
        spec: Thing = {"selectors": [{"cel": {"expression": e}} for e in _expressions(name)]}
        if name == "gpu" and scene.chance(0.8):
            spec["extendedResourceName"] = EXTENDED
        if name == "gpu" or scene.chance(0.95):
            meta = {"name": name}
            scene.others.append(
                {"apiVersion": API, "kind": "DeviceClass", "metadata": meta, "spec": spec}
            )


def _expressions(name: str) -> list[str]:
    if name == "any":
        return []
    drivers = DRIVERS if name == "both" else [d for d in DRIVERS if d.startswith(name)]
    return [f'device.driver == "{driver}"' for driver in drivers]


def _use(scene: Scene, name: str) -> None:
    """A claim of the pod in question, of its own or made of a template."""
    claim = _claim(scene, name)
    spec, status = scene.pod["spec"], scene.pod["status"]
    uses, made = (
        spec.setdefault("resourceClaims", []),
        status.setdefault("resourceClaimStatuses", []),
    )
    if scene.chance(0.3):
        uses.append({"name": name, "resourceClaimTemplateName": "template"})
        made.append({"name": name, "resourceClaimName": name})
        meta = scene.pod["metadata"]
        owner = {"apiVersion": "v1", "kind": "Pod", "controller": True}
        claim["metadata"]["ownerReferences"] = [owner | {"name": meta["name"], "uid": meta["uid"]}]
    else:
        uses.append({"name": name, "resourceClaimName": name})
    if scene.chance(0.1):  # a template that makes none
        uses.append({"name": f"no-{name}", "resourceClaimTemplateName": "template"})
        made.append({"name": f"no-{name}"})
    if scene.chance(0.3):
        _allocate(scene, claim, selected=scene.chance(0.7))
        for uid in scene.random.sample([scene.pod["metadata"]["uid"], "x", "y"], 2):
            if scene.chance(0.4):
                _reserve(claim, uid)
        # preemption asks the filter once more: the oracle would take a claim that this finds for one of
        # the cycle's own
        scene.pod["spec"]["preemptionPolicy"] = "Never"
    scene.others.append(claim)


def _ask_too_much(scene: Scene) -> None:
    """More than any claim may have, and the same number on every node."""
    claim = scene.others[-1]
    if "allocation" not in claim["status"]:
        wanted = {"deviceClassName": "gpu", "allocationMode": "ExactCount"}
        claim["spec"]["devices"]["requests"] = [
            {"name": name, "exactly": wanted | {"count": count}}
            for name, count in (("some", 2), ("many", 40))
        ]


def _claim(scene: Scene, name: str) -> Thing:
    requests = [_request(scene, n) for n in range(scene.random.choice([1, 1, 2]))]
    return {
        "apiVersion": API,
        "kind": "ResourceClaim",
        "metadata": {"name": name, "namespace": "default", "uid": f"uid-of-{name}"},
        "spec": {"devices": {"requests": requests}},
        "status": {},
    }


def _request(scene: Scene, number: int) -> Thing:
    name = f"request-{number}"
    if scene.chance(0.2):
        several = [_wanted(scene) | {"name": f"sub-{n}"} for n in range(scene.random.randint(1, 3))]
        return {"name": name, "firstAvailable": several}
    return {"name": name, "exactly": _wanted(scene)}


def _wanted(scene: Scene) -> Thing:
    random = scene.random
    wanted: Thing = {"deviceClassName": random.choice([*CLASSES, *CLASSES[:3] * 3])}
    if scene.chance(0.1):
        expression = f"device.driver == '{random.choice(DRIVERS)}'"
        wanted["selectors"] = [{"cel": {"expression": expression}}]
    if scene.chance(0.15):
        return wanted | {"allocationMode": "All"}
    return wanted | {"allocationMode": "ExactCount", "count": random.choice([1, 1, 1, 2, 3])}


def _allocate(scene: Scene, claim: Thing, *, selected: bool) -> None:
    """Devices of the pools, which nobody else can have then."""
    names = device_names(scene)
    chosen = scene.random.sample(names, min(len(names), scene.random.randint(1, 3)))
    results = [
        {"request": "request-0", "driver": driver, "pool": pool, "device": device}
        | ({"adminAccess": True} if scene.chance(0.1) else {})
        for driver, pool, device in chosen
    ]
    allocation: Thing = {"devices": {"results": results}}
    if selected:
        allocation["nodeSelector"] = {"nodeSelectorTerms": [_term(scene)]}
    claim["status"]["allocation"] = allocation


def _term(scene: Scene) -> Thing:
    node = scene.random.choice(scene.nodes)["metadata"]["name"]
    if scene.chance(0.5):
        return {"matchFields": [{"key": "metadata.name", "operator": "In", "values": [node]}]}
    zone = {"key": "topology.kubernetes.io/zone", "operator": "In", "values": ["a", "b"]}
    return {"matchExpressions": [zone]}


def _reserve(claim: Thing, uid: str) -> None:
    consumer = {"resource": "pods", "name": f"pod-of-{uid}", "uid": uid}
    claim["status"].setdefault("reservedFor", []).append(consumer)


def _use_extended(scene: Scene) -> None:
    """Requests for devices as a resource; some nodes have a device plugin for it, some have none left."""
    random = scene.random
    names = [EXTENDED, "deviceclass.resource.kubernetes.io/nic"]
    for node in scene.nodes:
        if scene.chance(0.2):
            node["status"]["allocatable"][EXTENDED] = random.choice(["0", "1", "4"])
    spec: dict[str, Any] = scene.pod["spec"]
    if scene.chance(0.3):
        more = {"name": "before", "image": "before"}
        if scene.chance(0.5):
            more["restartPolicy"] = "Always"
        spec.setdefault("initContainers", []).append(more)
    for container in [*spec["containers"], *spec.get("initContainers", [])]:
        if scene.chance(0.8):
            requests = container.setdefault("resources", {}).setdefault("requests", {})
            requests[random.choice(names)] = random.choice(["1", "1", "2", "0"])
    if scene.chance(0.05):
        _leave_over(scene)


def _leave_over(scene: Scene) -> None:
    """The claim of an attempt that failed after its devices were chosen."""
    claim = _claim(scene, "left-over")
    meta = scene.pod["metadata"]
    owner = {"apiVersion": "v1", "kind": "Pod", "controller": True}
    claim["metadata"]["ownerReferences"] = [owner | {"name": meta["name"], "uid": meta["uid"]}]
    claim["metadata"]["annotations"] = {"resource.kubernetes.io/extended-resource-claim": "true"}
    _allocate(scene, claim, selected=False)
    scene.others.append(claim)

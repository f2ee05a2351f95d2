"""ResourceSlices: what drivers publish, some of it in the middle of a change."""

from tests.kubectl_why_pending.clusters.scene import Scene, Thing

DRIVERS = ("gpu.example.com", "nic.example.com")
DeviceName = tuple[str, str, str]  # driver, pool, device


def add_pools(scene: Scene, *, broken: bool) -> None:
    """A pool for most nodes of each driver, and sometimes one for several nodes, one of which may be broken."""
    for driver in DRIVERS:
        for node in scene.nodes:
            if scene.chance(0.7):
                name = node["metadata"]["name"]
                _add_pool(scene, driver, name, {"nodeName": name}, broken=False)
        if scene.chance(0.4):
            _add_pool(scene, driver, "shared", _several(scene), broken=broken)
            broken = False


def _several(scene: Scene) -> Thing:
    """All nodes, or some by label."""
    zone = {"key": "topology.kubernetes.io/zone", "operator": "In", "values": ["a", "b"]}
    some = {"nodeSelectorTerms": [{"matchExpressions": [zone]}]}
    return {"nodeSelector": some} if scene.chance(0.5) else {"allNodes": True}


def _add_pool(scene: Scene, driver: str, pool: str, where: Thing, *, broken: bool) -> None:
    random = scene.random
    count, generation = random.choice([1, 1, 2]), random.randint(1, 3)
    of_all = {"name": pool, "generation": generation, "resourceSliceCount": count}
    first = 0
    for number in range(count):
        devices = random.choice([1, 1, 2, 3])
        names = [f"device-{first + n}" for n in range(devices)]
        first += devices
        scene.others.append(_slice(scene, driver, of_all, names, where, number))
    if broken:
        _break(scene)
    if scene.chance(0.1):  # what the driver has replaced
        old = of_all | {"generation": generation - 1, "resourceSliceCount": 1}
        scene.others.append(_slice(scene, driver, old, ["device-0", "device-8"], where, 8))


def _slice(
    scene: Scene, driver: str, pool: Thing, devices: list[str], where: Thing, number: int
) -> Thing:
    """Each device says itself where it is in some of the slices for several nodes."""
    each: list[Thing] = [{"name": name} for name in devices]
    if "nodeName" not in where and scene.chance(0.3):
        names = [node["metadata"]["name"] for node in scene.nodes]
        for device in each:
            device |= (
                {"nodeName": scene.random.choice(names)}
                if scene.chance(0.7)
                else {"allNodes": True}
            )
        where = {"perDeviceNodeSelection": True}
    name = f"{driver}-{pool['name']}-{pool['generation']}-{number}"
    return {
        "apiVersion": "resource.k8s.io/v1",
        "kind": "ResourceSlice",
        "metadata": {"name": name},
        "spec": {"driver": driver, "pool": pool, "devices": each} | where,
    }


def _break(scene: Scene) -> None:
    """The pool made last lacks a slice, or names a device twice, or is being replaced on another node."""
    last = scene.others[-1]["spec"]
    kind = scene.random.randrange(3)
    if kind == 0:
        last["pool"]["resourceSliceCount"] += (
            1  # of all its slices: they share the pool's description
        )
    elif kind == 1:
        last["devices"] = last["devices"] + last["devices"][:1]
    else:
        newer = last["pool"] | {"generation": last["pool"]["generation"] + 1}
        node = scene.random.choice(scene.nodes)["metadata"]["name"]
        new = _slice(scene, last["driver"], newer, ["new"], {"nodeName": node}, 9)
        scene.others.append(new)


def device_names(scene: Scene) -> list[DeviceName]:
    """Every device that was published."""
    slices = [each["spec"] for each in scene.others if each["kind"] == "ResourceSlice"]
    names = {
        (spec["driver"], spec["pool"]["name"], device["name"])
        for spec in slices
        for device in spec["devices"]
    }
    return sorted(names)

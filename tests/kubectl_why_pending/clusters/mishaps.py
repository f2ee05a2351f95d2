"""Storage that the scheduler stumbles over: one such thing a cluster, for upstream names any of several."""

from tests.kubectl_why_pending.clusters.scene import Scene, Thing

ODD_DISKS = (
    {"azureDisk": {"diskName": "odd", "diskURI": "/disks/odd", "kind": "Dedicated"}},
    {"awsElasticBlockStore": {"volumeID": "aws://zone/odd"}},
    {"awsElasticBlockStore": {"volumeID": "aws://vol-odd"}},
)
ODD_ZONES = ("a__b", "us-x-a__us-x-b", "us-x-a__eu-y-b")
SOURCES = ("csi", "local", "gcePersistentDisk", "awsElasticBlockStore", "azureDisk", "cinder")
MORE_SOURCES = ("portworxVolume", "vsphereVolume", "iscsi", "rbd")


def add_mishap(scene: Scene) -> None:
    """An ephemeral claim that is another pod's, or a disk that has no CSI form."""
    scene.stumbles = True
    kind = scene.random.choice(["owner", "inline", "volume", "volume"])
    if kind == "owner":
        _disown(scene)
    elif kind == "inline":
        pod = scene.random.choice([scene.pod, *scene.all_pods])
        odd = {"name": "odd", **scene.random.choice(ODD_DISKS)}
        pod["spec"].setdefault("volumes", []).append(odd)
    else:
        _make_odd(scene)


def _disown(scene: Scene) -> None:
    owned = [thing for thing in scene.others if "ownerReferences" in thing["metadata"]]
    if owned:
        scene.random.choice(owned)["metadata"]["ownerReferences"][0]["uid"] = "another"


def _make_odd(scene: Scene) -> None:
    """One of the volumes that claims have; those of the pod in question rather than others."""
    bound = [thing for thing in scene.others if thing["metadata"]["name"].startswith("of-")]
    space = scene.pod["metadata"]["namespace"]
    mine = [
        volume
        for volume in bound
        for used in scene.pod["spec"].get("volumes", [])
        if "persistentVolumeClaim" in used
        and volume["metadata"]["name"] == f"of-{space}-{used['persistentVolumeClaim']['claimName']}"
    ]
    if not bound:
        return
    volume: Thing = scene.random.choice(mine or bound)
    for source in (*SOURCES, *MORE_SOURCES):
        volume["spec"].pop(source, None)
    if scene.chance(0.5):
        volume["spec"].update(scene.random.choice(ODD_DISKS))
    else:
        volume["spec"]["gcePersistentDisk"] = {"pdName": "odd"}
        label = "topology.kubernetes.io/zone"
        volume["metadata"]["labels"] = {label: scene.random.choice(ODD_ZONES)}

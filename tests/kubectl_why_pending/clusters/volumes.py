"""Claims, volumes, classes and drivers, and pods that use them: every way in which storage can be in the way."""

from tests.kubectl_why_pending.clusters.attachments import add_attachments
from tests.kubectl_why_pending.clusters.mishaps import add_mishap
from tests.kubectl_why_pending.clusters.nodes_and_pods import ZONES
from tests.kubectl_why_pending.clusters.old_disks import make_old
from tests.kubectl_why_pending.clusters.rival_claims import add_rivals
from tests.kubectl_why_pending.clusters.scene import NAMESPACES, Scene, Thing

ZONE, BETA_ZONE = "topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"
REGION, BETA_REGION = "topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"
CSI = "csi.example.com"
STRICT = "strict.example.com"
IN_TREE = {
    "kubernetes.io/gce-pd": ("pd.csi.storage.gke.io", "topology.gke.io/zone"),
    "kubernetes.io/aws-ebs": ("ebs.csi.aws.com", "topology.ebs.csi.aws.com/zone"),
    "kubernetes.io/cinder": ("cinder.csi.openstack.org", "topology.cinder.csi.openstack.org/zone"),
    "kubernetes.io/azure-disk": ("disk.csi.azure.com", "topology.disk.csi.azure.com/zone"),
    "kubernetes.io/portworx-volume": ("pxd.portworx.com", ""),
    "kubernetes.io/vsphere-volume": ("csi.vsphere.vmware.com", ""),
}
CLASSES = ("local", "fast", "slow", "tree", "at-once", "strange")
EXCLUSIVE = {"gcePersistentDisk", "awsElasticBlockStore", "rbd", "iscsi"}
MODES = ("ReadWriteOnce", "ReadWriteOncePod", "ReadOnlyMany", "ReadWriteMany")


def add_volumes(scene: Scene) -> None:
    """Storage of every kind; each pod gets some of it, and most often something fits."""
    _add_labels(scene)
    _add_classes(scene)
    _add_drivers(scene)
    for number in range(scene.random.randint(0, 6)):
        scene.others.append(_volume(scene, f"free-{number}", number))
    for number in range(scene.random.randint(1, 5)):
        _add_claim(scene, f"claim-{number}", scene.random.choice(["default", *NAMESPACES]))
    for pod in scene.all_pods:
        mine = pod is scene.pod
        if mine or scene.chance(0.5):
            count = scene.random.choice([1, 1, 2, 3] if mine else [1, 1, 2])
            pod["spec"]["volumes"] = [_mounted(scene, pod, f"v{n}") for n in range(count)]
    if scene.chance(0.2):
        add_rivals(scene)
    add_attachments(scene, (CSI, CSI, STRICT, ""))
    if scene.chance(0.15):
        add_mishap(scene)


def _add_labels(scene: Scene) -> None:
    """Nodes of old clusters have the beta labels, those of drivers theirs."""
    for node in scene.nodes:
        labels = node["metadata"]["labels"]
        zone = labels.get(ZONE)
        if zone is None:
            continue
        for _, key in IN_TREE.values():
            if key and scene.chance(0.4):
                labels[key] = zone
        if scene.chance(0.2):
            labels[BETA_ZONE] = zone
        if scene.chance(0.1):
            del labels[ZONE]
        if scene.chance(0.6):
            labels[scene.random.choice([REGION, REGION, BETA_REGION])] = scene.random.choice(
                ["r1", "r1", "r2"]
            )


def _add_classes(scene: Scene) -> None:
    random = scene.random
    provisioners = {
        "local": "kubernetes.io/no-provisioner",
        "fast": CSI,
        "slow": random.choice([CSI, STRICT]),
        "tree": random.choice(list(IN_TREE)),
        "at-once": CSI,
        "strange": random.choice(["", STRICT, "not-a-driver.example.com"]),
    }
    for name in CLASSES:
        if scene.chance(0.1):
            continue
        late = "Immediate" if name == "at-once" else "WaitForFirstConsumer"
        made: Thing = {
            "apiVersion": "storage.k8s.io/v1",
            "kind": "StorageClass",
            "metadata": {"name": name},
            "provisioner": provisioners[name],
            "reclaimPolicy": "Delete",
            "volumeBindingMode": late,
        }
        if name == "strange" and scene.chance(0.1):
            del made["volumeBindingMode"]
        if scene.chance(0.2):
            made["allowedTopologies"] = [_topology(scene) for _ in range(random.randint(1, 2))]
        scene.others.append(made)


def _topology(scene: Scene) -> Thing:
    """One in ten is empty, and allows nothing."""
    if scene.chance(0.1):
        return {}
    zones = scene.random.sample(ZONES, scene.random.randint(1, 3))
    clauses = [{"key": ZONE, "values": zones}]
    if scene.chance(0.2):
        clauses.append({"key": "disk", "values": ["ssd"]})
    return {"matchLabelExpressions": clauses}


def _add_drivers(scene: Scene) -> None:
    random = scene.random
    for name in (CSI, STRICT):
        if scene.chance(0.7):
            spec: Thing = {"attachRequired": True, "storageCapacity": scene.chance(0.6)}
            if name == STRICT:  # one such driver: upstream names any of several
                spec["preventPodSchedulingIfMissing"] = scene.chance(0.8)
            kind = {"apiVersion": "storage.k8s.io/v1", "kind": "CSIDriver"}
            scene.others.append({**kind, "metadata": {"name": name}, "spec": spec})
    for number in range(random.randint(0, 4)):
        scene.others.append(_capacity(scene, number))
    for node in scene.nodes:
        if scene.chance(0.8):
            scene.others.append(_csi_node(scene, node["metadata"]["name"]))


def _capacity(scene: Scene, number: int) -> Thing:
    """Always with `capacity`: VolumeBinding's score panics on a mere maximum."""
    random = scene.random
    made: Thing = {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "CSIStorageCapacity",
        "metadata": {"name": f"capacity-{number}", "namespace": random.choice(NAMESPACES)},
        "storageClassName": random.choice(["fast", "slow", "strange"]),
        "capacity": random.choice(["0", "1Gi", "5Gi", "100Gi", "100Gi"]),
    }
    if scene.chance(0.2):
        made["maximumVolumeSize"] = random.choice(["1Gi", "5Gi", "2147483647"])
    if scene.chance(0.9):
        zones = random.sample(ZONES, 2)
        made["nodeTopology"] = random.choice(
            [
                {},
                {"matchLabels": {ZONE: zones[0]}},
                {"matchExpressions": [{"key": ZONE, "operator": "In", "values": zones}]},
                {"matchLabels": {"kubernetes.io/hostname": "node-0"}},
            ]
        )
    return made


def _csi_node(scene: Scene, name: str) -> Thing:
    random = scene.random
    drivers: list[Thing] = []
    for driver in (CSI, STRICT, *(driver for driver, _ in IN_TREE.values())):
        if scene.chance(0.7):
            made: Thing = {"name": driver, "nodeID": name, "topologyKeys": []}
            if scene.chance(0.7):
                limit = random.choice([0, 1, 1, 2, 2, 3, 25])
                made["allocatable"] = {"count": limit} if scene.chance(0.9) else {}
            drivers.append(made)
    meta: Thing = {"name": name, "uid": f"csi-{name}"}
    if scene.chance(0.6):
        migrated = [plugin for plugin in IN_TREE if scene.chance(0.7)]
        meta["annotations"] = {"storage.alpha.kubernetes.io/migrated-plugins": ",".join(migrated)}
    kind = {"apiVersion": "storage.k8s.io/v1", "kind": "CSINode"}
    return {**kind, "metadata": meta, "spec": {"drivers": drivers}}


def _volume(scene: Scene, name: str, number: int) -> Thing:
    """A volume of a size that no other has: upstream takes any of equals."""
    random = scene.random
    size = random.choice([1, 2, 4, 8, 16]) * 1000 + number
    spec: Thing = {
        "capacity": {"storage": f"{size}Mi"},
        "accessModes": random.sample(MODES, random.randint(1, 3)),
        "persistentVolumeReclaimPolicy": "Delete",
        "storageClassName": random.choice(["local", "local", "fast", "slow", "tree", ""]),
    }
    meta: Thing = {"name": name, "labels": {}}
    if scene.chance(0.25):
        make_old(scene, meta, spec)
    else:
        spec |= _source(scene, f"disk-{random.randint(0, 4)}")
        _place(scene, meta, spec)
    if scene.chance(0.1):
        spec["volumeMode"] = random.choice(["Block", "Filesystem"])
    if scene.chance(0.1):
        spec["volumeAttributesClassName"] = "gold"
    if scene.chance(0.2):
        meta["labels"]["tier"] = random.choice(["front", "back"])
    if scene.chance(0.05):
        meta["annotations"] = {"volume.beta.kubernetes.io/storage-class": "local"}
    if scene.chance(0.05):
        meta["deletionTimestamp"] = "2026-11-20T00:00:00Z"
        meta["finalizers"] = ["kubernetes.io/pv-protection"]
    phase = random.choice(["Available"] * 5 + ["Released", "Pending"])
    kind = {"apiVersion": "v1", "kind": "PersistentVolume"}
    return {**kind, "metadata": meta, "spec": spec, "status": {"phase": phase}}


def _source(scene: Scene, name: str) -> Thing:
    random = scene.random
    if scene.chance(0.5):
        return {"csi": {"driver": random.choice([CSI, CSI, STRICT]), "volumeHandle": name}}
    if scene.chance(0.3):
        return {"local": {"path": f"/mnt/{name}"}}
    disk = _disk(scene, name)
    return {"rbd": disk["rbd"]} if "rbd" in disk else disk


def _disk(scene: Scene, name: str) -> Thing:
    """An in-tree disk, as a pod or a volume has it."""
    random = scene.random
    read_only: Thing = {"readOnly": True} if scene.chance(0.3) else {}
    zone = random.choice(ZONES)
    return random.choice(
        [
            {"gcePersistentDisk": {"pdName": name, **read_only}},
            {"awsElasticBlockStore": {"volumeID": f"vol-{name}"}},
            {"awsElasticBlockStore": {"volumeID": f"aws://{zone}/vol-{name}"}},
            {"azureDisk": {"diskName": name, "diskURI": f"/disks/{name}", "kind": "Managed"}},
            {"cinder": {"volumeID": name}},
            {"portworxVolume": {"volumeID": name}},
            {"vsphereVolume": {"volumePath": name}},
            {"rbd": {"monitors": random.sample("xyz", 2), "image": name, "pool": "p", **read_only}},
            {"iscsi": {"targetPortal": "t", "iqn": name, "lun": 0, **read_only}},
        ]
    )


def _pods_disk(scene: Scene) -> Thing:
    """Most often one that two pods cannot share, of few names."""
    disk = _disk(scene, f"disk-{scene.random.randint(0, 1)}")
    while not EXCLUSIVE & disk.keys() and scene.chance(0.8):
        disk = _disk(scene, f"disk-{scene.random.randint(0, 1)}")
    return disk


def _place(scene: Scene, meta: Thing, spec: Thing) -> None:
    """Node affinity and zone labels; for zones without a dash GCE's driver knows no region."""
    random = scene.random
    if scene.chance(0.6):
        terms = [_term(scene) for _ in range(random.choice([1, 1, 2]))]
        spec["nodeAffinity"] = {"required": {"nodeSelectorTerms": terms}}
    if scene.chance(0.3):
        zones = random.sample(ZONES, random.choice([1, 1, 2]))
        is_gce = "gcePersistentDisk" in spec
        label = zones[0] if is_gce else random.choice(["__".join(zones), zones[0], f"{zones[0]}__"])
        meta["labels"][random.choice([ZONE, BETA_ZONE])] = label
    if scene.chance(0.1):
        meta["labels"][random.choice([REGION, BETA_REGION])] = random.choice(["r1", "r2"])


def _term(scene: Scene) -> Thing:
    random = scene.random
    clauses: list[Thing] = []
    zones = random.sample(ZONES, random.choice([1, 2, 2]))
    drivers_key = random.choice([key for _, key in IN_TREE.values() if key])
    key = random.choice([ZONE, ZONE, BETA_ZONE, drivers_key])
    clauses.append(
        {"key": key, "operator": random.choice(["In", "In", "In", "NotIn"]), "values": zones}
    )
    if scene.chance(0.2):
        names = [node["metadata"]["name"] for node in scene.nodes]
        some = random.sample(names, random.randint(1, len(names)))
        clauses.append({"key": "kubernetes.io/hostname", "operator": "In", "values": some})
    if scene.chance(0.1):
        clauses.append({"key": BETA_REGION, "operator": "In", "values": ["r1"]})
    if scene.chance(0.05):
        clauses.append({"key": "disk", "operator": "Exists"})
    if scene.chance(0.03):
        clauses = []
    return {"matchExpressions": clauses}


def _add_claim(scene: Scene, name: str, namespace: str) -> Thing:
    """A claim: bound, promised, waiting, lost or going."""
    random = scene.random
    spec: Thing = {
        "accessModes": [random.choice(MODES)],
        "resources": {"requests": {"storage": random.choice(["500Mi", "1Gi", "3Gi", "6Gi"])}},
        "storageClassName": random.choice([*CLASSES, "fast", "local", "gone"]),
    }
    meta: Thing = {"name": name, "namespace": namespace, "uid": f"{namespace}-{name}"}
    kind = {"apiVersion": "v1", "kind": "PersistentVolumeClaim"}
    claim: Thing = {**kind, "metadata": meta, "spec": spec, "status": {"phase": "Pending"}}
    scene.others.append(claim)
    if scene.chance(0.45):
        _bind(scene, claim)
    else:
        _let_wait(scene, claim)
    if scene.chance(0.03):
        meta["deletionTimestamp"] = "2026-11-20T00:00:00Z"
        meta["finalizers"] = ["kubernetes.io/pvc-protection"]
    return claim


def _bind(scene: Scene, claim: Thing) -> None:
    """To a volume of its own, which one in twenty has lost; one in twenty is not yet done."""
    meta, spec = claim["metadata"], claim["spec"]
    name = f"of-{meta['namespace']}-{meta['name']}"
    spec["volumeName"] = name
    claim["status"]["phase"] = "Bound"
    if scene.chance(0.95):
        meta["annotations"] = {"pv.kubernetes.io/bind-completed": "yes"}
    if scene.chance(0.95):
        volume = _volume(scene, name, 7)
        volume["spec"]["claimRef"] = _reference(meta)
        volume["spec"]["storageClassName"] = spec["storageClassName"]
        volume["status"]["phase"] = "Bound"
        scene.others.append(volume)
    elif scene.chance(0.5):
        claim["status"]["phase"] = "Lost"


def _let_wait(scene: Scene, claim: Thing) -> None:
    meta, spec = claim["metadata"], claim["spec"]
    random = scene.random
    if scene.chance(0.1):
        nodes = [node["metadata"]["name"] for node in scene.nodes]
        meta["annotations"] = {"volume.kubernetes.io/selected-node": random.choice(nodes)}
    if scene.chance(0.05):
        named = {"volume.beta.kubernetes.io/storage-class": random.choice(CLASSES)}
        meta.setdefault("annotations", {}).update(named)
    if scene.chance(0.1):
        spec["selector"] = {"matchLabels": {"tier": "front"}}
    if scene.chance(0.1):
        spec["volumeMode"] = random.choice(["Block", "Filesystem"])
    if scene.chance(0.05):
        spec["volumeAttributesClassName"] = "gold"
    if scene.chance(0.05):
        spec["resources"] = {}
    if scene.chance(0.2):
        promised = _volume(scene, f"for-{meta['namespace']}-{meta['name']}", 8)
        uid = random.choice([meta["uid"], "", "another"])
        promised["spec"]["claimRef"] = {**_reference(meta), "uid": uid}
        promised["spec"]["storageClassName"] = spec["storageClassName"]
        scene.others.append(promised)


def _reference(meta: Thing) -> Thing:
    names = {key: meta[key] for key in ("name", "namespace", "uid")}
    return {"apiVersion": "v1", "kind": "PersistentVolumeClaim", **names}


def _mounted(scene: Scene, pod: Thing, name: str) -> Thing:
    """A volume of a pod: a claim of its namespace, an ephemeral one, or a disk."""
    random = scene.random
    space = pod["metadata"]["namespace"]
    claims = [
        thing["metadata"]["name"]
        for thing in scene.others
        if thing["kind"] == "PersistentVolumeClaim"
        and thing["metadata"]["namespace"] == space
        and thing["metadata"]["name"].startswith("claim-")
    ]
    drawn = random.random()
    if drawn < 0.6 and claims:
        claim = "absent" if scene.chance(0.02) else random.choice(claims)
        return {"name": name, "persistentVolumeClaim": {"claimName": claim}}
    if drawn < 0.75:
        return _ephemeral(scene, pod, name)
    if drawn < 0.95:
        return {"name": name, **_pods_disk(scene)}
    return {"name": name, "emptyDir": {}}


def _ephemeral(scene: Scene, pod: Thing, name: str) -> Thing:
    """Its claim may not be made yet."""
    meta = pod["metadata"]
    if scene.chance(0.9):
        claim = _add_claim(scene, f"{meta['name']}-{name}", meta["namespace"])
        owner = {"apiVersion": "v1", "kind": "Pod", "name": meta["name"], "uid": meta["uid"]}
        claim["metadata"]["ownerReferences"] = [{**owner, "controller": True}]
    spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
    return {"name": name, "ephemeral": {"volumeClaimTemplate": {"spec": spec}}}

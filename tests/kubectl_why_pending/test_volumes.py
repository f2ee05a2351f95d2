"""The volume filters: upstream's verdicts on random storage, and what an operator reads behind them."""

from random import Random
from typing import Any

import pytest

from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.pod import PODS, Pod
from kubectl_why_pending.objects.storage import (
    CSI_CAPACITIES,
    CSI_DRIVERS,
    CSI_NODES,
    STORAGE_CLASSES,
    VOLUME_ATTACHMENTS,
    VOLUMES,
)
from kubectl_why_pending.scheduler.cluster import NEWEST, Cluster
from kubectl_why_pending.scheduler.cycle import Verdict, explain, schedule
from kubectl_why_pending.scheduler.pod_info import waiting
from tests.kubectl_why_pending.clusters.claims_to_nodes import add_preemption
from tests.kubectl_why_pending.clusters.nodes_and_pods import add_base
from tests.kubectl_why_pending.clusters.scene import Scene, Thing
from tests.kubectl_why_pending.clusters.volumes import add_volumes
from tests.kubectl_why_pending.judging import cluster_of, differences, judge
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

CLUSTERS = 400
ZONE = "topology.kubernetes.io/zone"
DRIVER = "csi.example.com"


def test_upstream_agrees_on_storage(oracle: Oracle) -> None:
    """Clusters in which nothing but storage, room and priorities is in the way."""
    random = rng("why-pending volumes")
    questions = [_stored(random).question for _ in range(cases(CLUSTERS))]
    for question, answer in zip(questions, oracle.ask("schedule", questions), strict=True):
        assert "error" not in answer, answer
        assert differences(judge(question), answer) == [], question


def _stored(random: Random) -> Scene:
    scene = Scene(random)
    add_base(scene)
    add_volumes(scene)
    if scene.chance(0.6):
        add_preemption(scene)
    return scene


def _thing(kind: str, name: str, group: str = "", **parts: Any) -> Thing:
    version = f"{group}/v1" if group else "v1"
    meta: Thing = {"name": name, "uid": name, "labels": parts.pop("labels", {})}
    if kind in ("Pod", "PersistentVolumeClaim"):
        meta["namespace"] = "default"
    meta |= parts.pop("meta", {})
    return {"apiVersion": version, "kind": kind, "metadata": meta, **parts}


def _stored_as(kind: str, name: str, **parts: Any) -> Thing:
    return _thing(kind, name, "storage.k8s.io", **parts)


def _node(zone: str = "") -> Thing:
    return _thing(
        "Node", "n", labels={ZONE: zone} if zone else {}, status={"allocatable": {"pods": "9"}}
    )


def _pod(name: str, *volumes: Thing, node: str = "") -> Thing:
    named = [{"name": f"v{number}", **volume} for number, volume in enumerate(volumes)]
    return _thing("Pod", name, spec={"volumes": named, "nodeName": node}, status={})


def _mount(claim: str) -> Thing:
    return {"persistentVolumeClaim": {"claimName": claim}}


def _claim(name: str, *, size: str = "2Gi", bound: bool = False, **spec: Any) -> Thing:
    done: Thing = {"annotations": {"pv.kubernetes.io/bind-completed": "yes"}} if bound else {}
    if bound:
        spec["volumeName"] = f"pv-{name}"
    asked = {"resources": {"requests": {"storage": size}}, "storageClassName": "c", **spec}
    return _thing("PersistentVolumeClaim", name, meta=done, spec=asked, status={})


def _volume(name: str, size: str = "5Gi", zone: str = "", **parts: Any) -> Thing:
    spec: Thing = {"capacity": {"storage": size}, "storageClassName": "c"}
    spec["csi"] = {"driver": DRIVER, "volumeHandle": name}
    if zone:
        clause = {"key": ZONE, "operator": "In", "values": [zone]}
        spec["nodeAffinity"] = {"required": {"nodeSelectorTerms": [{"matchExpressions": [clause]}]}}
    status = {"phase": "Available"}
    return _thing("PersistentVolume", name, spec=spec, status=status, **parts)


def _late(provisioner: str = DRIVER, **parts: Any) -> Thing:
    mode = "WaitForFirstConsumer"
    return _stored_as("StorageClass", "c", provisioner=provisioner, volumeBindingMode=mode, **parts)


def _ask(objects: list[Thing], minor: int = NEWEST) -> tuple[Cluster, Verdict]:
    cluster = cluster_of(objects, minor)
    return cluster, schedule(waiting(_question(cluster)), cluster)


def _question(cluster: Cluster) -> Pod:
    return next(pod for pod in cluster.all(PODS) if pod.metadata.name == "asked")


def _details(*objects: Thing) -> list[str]:
    cluster, verdict = _ask(list(objects))
    return [failure.detail for failure in explain(verdict.prepared, cluster.nodes["n"])]


def test_a_bound_volume_out_of_reach_says_what_it_wants() -> None:
    """The claim, its volume, the label wanted and the label there."""
    assert _details(
        _node(zone="b"),
        _pod("asked", _mount("data")),
        _claim("data", bound=True),
        _volume("pv-data", zone="a"),
    ) == [f'claim "data" is bound to volume "pv-data", which wants {ZONE} In [a] (has {ZONE}=b)']


def test_a_claim_without_a_volume_counts_those_elsewhere() -> None:
    """Too small a volume does not count; the class makes none."""
    assert _details(
        _node(zone="b"),
        _pod("asked", _mount("data")),
        _claim("data"),
        _late("kubernetes.io/no-provisioner"),
        _volume("far", zone="a"),
        _volume("small", "1Gi", zone="b"),
    ) == [
        'claim "data": no volume of class "c" with 2Gi to bind here, 1 fitting elsewhere or taken, '
        "and the class makes none"
    ]


def test_a_class_for_other_zones_says_which() -> None:
    """The scheduler's text does not tell this from a lack of volumes."""
    clause = {"key": ZONE, "values": ["a", "c"]}
    topologies = [{"matchLabelExpressions": [clause]}]
    assert _details(
        _node(zone="b"),
        _pod("asked", _mount("data")),
        _claim("data"),
        _late(allowedTopologies=topologies),
    ) == [f'claim "data": class "c" makes volumes only where {ZONE} in [a, c] (has {ZONE}=b)']


def test_a_lack_of_space_says_how_much_is_free() -> None:
    """Of the capacities that this node can use the largest."""
    here = {"matchLabels": {ZONE: "b"}}
    assert _details(
        _node(zone="b"),
        _pod("asked", _mount("data")),
        _claim("data"),
        _late(),
        _stored_as("CSIDriver", DRIVER, spec={"storageCapacity": True}),
        *(
            _stored_as(
                "CSIStorageCapacity", f"{n}", storageClassName="c", capacity=size, nodeTopology=to
            )
            for n, (size, to) in enumerate(
                [("1Gi", here), ("512Mi", {}), ("9Gi", {"matchLabels": {ZONE: "a"}})]
            )
        ),
    ) == ['claim "data": needs 2Gi of class "c", at most 1Gi free here']


def test_a_full_node_says_how_many_are_attached() -> None:
    """A volume of two pods counts once, one that is attached without a pod counts too."""
    attached = {"persistentVolumeName": "pv-gone"}
    assert _details(
        _node(),
        _pod("asked", _mount("new")),
        _pod("one", _mount("old"), node="n"),
        _pod("two", _mount("old"), node="n"),
        *(_claim(name, bound=True) for name in ("new", "old")),
        *(_volume(f"pv-{name}") for name in ("new", "old", "gone")),
        _stored_as(
            "VolumeAttachment",
            "a",
            spec={"attacher": DRIVER, "nodeName": "n", "source": attached},
        ),
        _stored_as(
            "CSINode", "n", spec={"drivers": [{"name": DRIVER, "allocatable": {"count": 2}}]}
        ),
    ) == [f"{DRIVER}: needs 1 more, 2 of 2 attached"]


def test_a_claim_of_one_pod_says_which_pod_has_it() -> None:
    """On whatever node that pod is."""
    assert _details(
        _node(),
        _pod("asked", _mount("data")),
        _pod("other", _mount("data"), node="n"),
        _claim("data", bound=True, accessModes=["ReadWriteOncePod"]),
        _volume("pv-data"),
    ) == ['claim "data" (ReadWriteOncePod) is in use by pod default/other on node n']


def test_a_disk_in_use_says_by_whom() -> None:
    """Read by both alone it would not be in the way."""
    disk = {"gcePersistentDisk": {"pdName": "d"}}
    read = {"gcePersistentDisk": {"pdName": "d", "readOnly": True}}
    assert _details(_node(), _pod("asked", disk), _pod("other", read, node="n")) == [
        'GCE disk "d" is mounted by pod default/other'
    ]
    assert _details(_node(), _pod("asked", read), _pod("other", read, node="n")) == []


def test_a_volume_of_another_zone_says_which() -> None:
    """A beta label of the volume is compared with today's of the node."""
    beta = {"failure-domain.beta.kubernetes.io/zone": "a__c"}
    assert _details(
        _node(zone="b"),
        _pod("asked", _mount("data")),
        _claim("data", bound=True),
        _volume("pv-data", labels=beta),
    ) == ['volume "pv-data" is in failure-domain.beta.kubernetes.io/zone=a or c, this node has b']


@pytest.mark.parametrize(
    ("minor", "text"),
    [
        (32, "node(s) had volume node affinity conflict"),
        (33, "node(s) didn't match PersistentVolume's node affinity"),
    ],
)
def test_servers_before_33_speak_of_a_conflict(minor: int, text: str) -> None:
    """Of a bound volume that is out of reach."""
    objects = [_node(zone="b"), _pod("asked", _mount("d"))]
    objects += [_claim("d", bound=True), _volume("pv-d", zone="a")]
    _, verdict = _ask(objects, minor)
    assert verdict.rejections["n"].reasons == (text,)


@pytest.mark.parametrize(
    ("minor", "start"), [(33, "node has pod using"), (34, "node(s) unavailable due to")]
)
def test_servers_before_34_name_read_write_once_pod_otherwise(minor: int, start: str) -> None:
    """The old text was taken for one about the node."""
    objects = [_node(), _pod("asked", _mount("d")), _pod("other", _mount("d"), node="n")]
    objects += [_claim("d", bound=True, accessModes=["ReadWriteOncePod"]), _volume("pv-d")]
    _, verdict = _ask(objects, minor)
    assert verdict.rejections["n"].reasons[0].startswith(start)


@pytest.mark.parametrize(("minor", "fits"), [(36, ("n",)), (37, ())])
def test_servers_before_37_do_not_look_for_a_missing_driver(
    minor: int, fits: tuple[str, ...]
) -> None:
    """Since then a driver can ask for it."""
    objects = [_node(), _pod("asked", _mount("d")), _claim("d", bound=True), _volume("pv-d")]
    strict = {"preventPodSchedulingIfMissing": True}
    _, verdict = _ask([*objects, _stored_as("CSIDriver", DRIVER, spec=strict)], minor)
    assert verdict.fits == fits


def test_servers_before_34_fail_on_a_volume_attributes_class() -> None:
    """The whole cycle ends; later ones match it."""
    objects = [_node(), _pod("asked", _mount("d")), _late()]
    objects.append(_claim("d", volumeAttributesClassName="gold"))
    assert "VolumeAttributesClass is disabled" in _ask(objects, 33)[1].error
    assert _ask(objects, 34)[1].fits == ("n",)


@pytest.mark.parametrize(
    ("lacking", "unknown"),
    [
        (VOLUMES, {"NodeVolumeLimits", "VolumeBinding", "VolumeZone"}),
        (STORAGE_CLASSES, {"NodeVolumeLimits", "VolumeBinding"}),
        (CSI_DRIVERS, {"NodeVolumeLimits", "VolumeBinding"}),
        (CSI_CAPACITIES, {"VolumeBinding"}),
        (CSI_NODES, {"NodeVolumeLimits"}),
        (VOLUME_ATTACHMENTS, {"NodeVolumeLimits"}),
    ],
    ids=lambda value: value.plural if isinstance(value, Resource) else "",
)
def test_a_list_that_could_not_be_read_leaves_only_its_filters_unknown(
    lacking: Resource[Any], unknown: set[str]
) -> None:
    """The others are still right."""
    objects = [_node(), _pod("asked", _mount("d"), _mount("e")), _late()]
    objects += [_claim("d"), _claim("e", bound=True), _volume("pv-e")]
    objects.append(_stored_as("CSIDriver", DRIVER, spec={"storageCapacity": True}))
    whole = cluster_of(objects)
    cluster = Cluster({**whole.lists, lacking: None})
    verdict = schedule(waiting(_question(cluster)), cluster)
    assert set(verdict.prepared.unknown) == unknown

"""DynamicResources and NodeDeclaredFeatures: the verdict is upstream's, and what cannot be told is said to be so."""

from random import Random
from typing import Any

import pytest

from kubectl_why_pending.objects.pod import PODS
from kubectl_why_pending.scheduler.claims import held_back
from kubectl_why_pending.scheduler.cluster import NEWEST
from kubectl_why_pending.scheduler.cycle import Verdict, explain, schedule
from kubectl_why_pending.scheduler.pod_info import waiting
from tests.kubectl_why_pending.clusters.claims_to_nodes import add_preemption
from tests.kubectl_why_pending.clusters.devices import add_devices
from tests.kubectl_why_pending.clusters.features import add_features
from tests.kubectl_why_pending.clusters.nodes_and_pods import add_base, new_node
from tests.kubectl_why_pending.clusters.resources import add_resources
from tests.kubectl_why_pending.clusters.scene import Scene, Thing
from tests.kubectl_why_pending.judging import cluster_of, differences, judge
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

CLUSTERS = 300
GPU = "gpu.example.com"
API = "resource.k8s.io/v1"


def test_upstream_agrees_on_devices(oracle: Oracle) -> None:
    """Pools whole, broken and replaced, claims of every kind, extended resources: equal in everything."""
    random = rng("devices")
    questions = [_scene_of_devices(random).question for _ in range(cases(CLUSTERS))]
    for question, answer in zip(questions, oracle.ask("schedule", questions), strict=True):
        assert "error" not in answer, answer
        assert differences(judge(question), answer) == [], question


def _scene_of_devices(random: Random) -> Scene:
    scene = Scene(random)
    add_base(scene)
    if scene.chance(0.3):
        add_resources(scene)
    add_devices(scene)
    if scene.chance(0.3):
        add_features(scene)
    if scene.chance(0.7):
        add_preemption(scene)
    return scene


class Gpus:
    """One node with devices of one driver, a class, and a pod with one claim."""

    def __init__(self, devices: int = 2, wanted: int = 1) -> None:
        self.scene = Scene(Random(0))
        self.scene.nodes.append(new_node(self.scene, "node-0"))
        each = [{"name": f"device-{n}"} for n in range(devices)]
        pool = {"name": "node-0", "generation": 1, "resourceSliceCount": 1}
        spec = {"driver": GPU, "nodeName": "node-0", "pool": pool, "devices": each}
        self.slice = self._add("ResourceSlice", "slice", spec)
        selector = {"cel": {"expression": f'device.driver == "{GPU}"'}}
        self.device_class = self._add("DeviceClass", "gpu", {"selectors": [selector]})
        exactly = {"deviceClassName": "gpu", "allocationMode": "ExactCount", "count": wanted}
        self.request: Thing = {"name": "gpus", "exactly": exactly}
        self.claim = self._add("ResourceClaim", "claim", {"devices": {"requests": [self.request]}})
        self.claim["metadata"]["namespace"] = "default"
        self.claim["status"] = {}
        self.use: Thing = {"name": "use", "resourceClaimName": "claim"}
        self.scene.pod["spec"]["resourceClaims"] = [self.use]

    def _add(self, kind: str, name: str, spec: Thing) -> Thing:
        thing: Thing = {"apiVersion": API, "kind": kind, "metadata": {"name": name}, "spec": spec}
        self.scene.others.append(thing)
        return thing

    def allocate(self, node: str) -> None:
        """The claim has a device that only the node can reach."""
        field = {"key": "metadata.name", "operator": "In", "values": [node]}
        results = [{"request": "gpus", "driver": GPU, "pool": "node-0", "device": "device-0"}]
        self.claim["status"]["allocation"] = {
            "devices": {"results": results},
            "nodeSelector": {"nodeSelectorTerms": [{"matchFields": [field]}]},
        }

    def said(self, minor: int = NEWEST) -> str:
        """The scheduler's sentence."""
        message: str = judge(self.scene.question, minor)["message"]
        return message

    def verdict(self, minor: int = NEWEST) -> Verdict:
        """The verdict on the pod."""
        return schedule(waiting(self._pod(minor)), self._cluster(minor))

    def details(self) -> list[str]:
        """What is told of the node."""
        failures = explain(self.verdict().prepared, self._cluster(NEWEST).nodes["node-0"])
        return [failure.detail for failure in failures]

    def held(self, minor: int = NEWEST) -> list[str]:
        """Why the pod is kept out of the queue."""
        return held_back(self._pod(minor), self._cluster(minor))

    def _cluster(self, minor: int) -> Any:
        return cluster_of(self.scene.objects, minor)

    def _pod(self, minor: int) -> Any:
        name = self.scene.pod["metadata"]["name"]
        return next(p for p in self._cluster(minor).all(PODS) if p.metadata.name == name)


def test_too_few_devices_are_counted() -> None:
    """What is wanted, what is free, and whose."""
    gpus = Gpus(devices=2, wanted=3)
    assert gpus.details() == [f"claim default/claim needs 3 devices of {GPU}, free 2 of 2"]
    assert "1 cannot allocate all claims" in gpus.said()


def test_an_allocated_device_is_not_free() -> None:
    """A device that another claim has is there, and taken."""
    gpus = Gpus(devices=1)
    assert gpus.verdict().fits == ("node-0",)
    other = {**gpus.claim, "metadata": {"name": "other", "namespace": "default"}}
    result = {"driver": GPU, "pool": "node-0", "device": "device-0"}
    other["status"] = {"allocation": {"devices": {"results": [result]}}}
    gpus.scene.others.append(other)
    assert gpus.details() == [f"claim default/claim needs 1 device of {GPU}, free 0 of 1"]


def test_devices_elsewhere_are_told_with_the_nodes_that_reach_them() -> None:
    """The selector of the allocation, against the node."""
    gpus = Gpus()
    gpus.allocate("node-1")
    assert gpus.details() == ["claim claim has devices elsewhere: wants metadata.name In [node-1]"]


@pytest.mark.parametrize(
    ("users", "minor", "text"),
    [
        ([], 34, "deallocation of ResourceClaim completed, preemption: "),
        (["default-pod-in-question"], 37, "deallocation of ResourceClaim completed, preemption: "),
        (["another"], 36, "still not schedulable, preemption: "),
        (["another"], 37, "preemption: "),
    ],
)
def test_a_claim_out_of_reach_is_let_go(users: list[str], minor: int, text: str) -> None:
    """PostFilter frees a claim that no other pod has; what it says of that depends on the release."""
    gpus = Gpus()
    gpus.allocate("node-1")
    gpus.claim["status"]["reservedFor"] = [
        {"resource": "pods", "name": uid, "uid": uid} for uid in users
    ]
    start = "0/1 nodes are available: 1 resourceclaim not available on the node. "
    assert gpus.said(minor).startswith(f"{start}{text}0/1 nodes")


def test_a_claim_that_is_not_there_holds_back() -> None:
    """In our words for people, in upstream's where PreFilter finds it."""
    gpus = Gpus()
    gpus.scene.others.remove(gpus.claim)
    assert gpus.held() == ['there is no ResourceClaim "claim"']
    assert 'nodes are available: could not find ResourceClaim "default/claim". ' in gpus.said()


def test_a_claim_that_goes_holds_back() -> None:
    """Being deleted is as good as gone."""
    gpus = Gpus()
    gpus.claim["metadata"]["deletionTimestamp"] = "2026-11-20T00:00:00Z"
    assert gpus.held() == ['ResourceClaim "claim" is being deleted']
    assert 'resourceclaim "claim" is being deleted' in gpus.said()


def test_a_template_holds_back_until_its_claim_is_made() -> None:
    """And no longer, even where the template makes none."""
    gpus = Gpus()
    gpus.scene.pod["spec"]["resourceClaims"] = [{"name": "use", "resourceClaimTemplateName": "t"}]
    assert gpus.held() == ['claim "use" was not made yet of the template "t"']
    assert 'pod "default/pod-in-question": ResourceClaim not created yet' in gpus.said()
    gpus.scene.pod["status"]["resourceClaimStatuses"] = [{"name": "use"}]
    assert gpus.held() == []


@pytest.mark.parametrize(("minor", "word"), [(35, "pod"), (36, "Pod")])
def test_a_claim_of_a_former_pod_holds_back(minor: int, word: str) -> None:
    """The claim of a template must be of this very pod."""
    gpus = Gpus()
    gpus.scene.pod["spec"]["resourceClaims"] = [{"name": "use", "resourceClaimTemplateName": "t"}]
    gpus.scene.pod["status"]["resourceClaimStatuses"] = [
        {"name": "use", "resourceClaimName": "claim"}
    ]
    owner = {"kind": "Pod", "name": "pod-in-question", "uid": "former", "controller": True}
    gpus.claim["metadata"]["ownerReferences"] = [owner]
    assert gpus.held(minor) == ['ResourceClaim "claim" was made for another pod']
    assert (
        f"ResourceClaim default/claim was not created for {word} default/pod-in-question "
        f"({word} is not owner)"
    ) in gpus.said(minor)


def test_before_1_34_claims_are_nobodys_business() -> None:
    """The feature was off by default."""
    gpus = Gpus(devices=0)
    gpus.scene.others.remove(gpus.claim)
    assert gpus.held(33) == []
    assert gpus.verdict(33).fits == ("node-0",)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"selectors": [{"cel": {"expression": "device.capacity.x > 1"}}]}, "CEL expression"),
        ({"adminAccess": True}, "admin access"),
        ({"capacity": {"requests": {"memory": "1Gi"}}}, "capacity"),
    ],
)
def test_what_a_request_tells_apart_is_undecided(change: Thing, why: str) -> None:
    """Nothing is said of nodes then but that it is not known."""
    gpus = Gpus(devices=0)
    gpus.request["exactly"] |= change
    assert why in gpus.verdict().prepared.unknown["DynamicResources"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"taints": [{"key": "k", "effect": "NoSchedule"}]}, "is tainted"),
        ({"consumesCounters": [{"counterSet": "c", "counters": {}}]}, "is a part of another"),
        ({"allowMultipleAllocations": True}, "is shared by claims"),
    ],
)
def test_devices_that_are_not_plain_are_undecided(change: Thing, why: str) -> None:
    """Unless they are of a driver that the claim does not ask."""
    gpus = Gpus(devices=1)
    gpus.slice["spec"]["devices"][0] |= change
    assert why in gpus.verdict().prepared.unknown["DynamicResources"]
    gpus.slice["spec"]["driver"] = "nic.example.com"
    assert gpus.verdict().prepared.unknown == {}


def test_constraints_and_taint_rules_are_undecided() -> None:
    """Both need more than counting."""
    gpus = Gpus()
    rule = {"apiVersion": API, "kind": "DeviceTaintRule", "metadata": {"name": "rule"}}
    gpus.scene.others.append(rule)
    assert "DeviceTaintRules" in gpus.verdict().prepared.unknown["DynamicResources"]
    gpus.claim["spec"]["devices"]["constraints"] = [{"matchAttribute": "a.example.com/numa"}]
    assert "constraints" in gpus.verdict().prepared.unknown["DynamicResources"]


def test_a_device_that_must_become_ready_is_undecided() -> None:
    """Whether it did in time depends on the clock."""
    gpus = Gpus()
    gpus.allocate("node-0")
    results = gpus.claim["status"]["allocation"]["devices"]["results"]
    results[0]["bindingConditions"] = ["Attached"]
    assert "become ready" in gpus.verdict().prepared.unknown["DynamicResources"]


def test_missing_features_are_named() -> None:
    """With those that the node declares."""
    scene = Scene(Random(0))
    node = new_node(scene, "node-0")
    node["status"]["declaredFeatures"] = ["VolumeBindMountOptions"]
    scene.nodes.append(node)
    scene.pod["spec"] |= {"hostNetwork": True, "hostUsers": False}
    for minor, fits in ((35, ["node-0"]), (36, []), (37, [])):
        assert judge(scene.question, minor)["fits"] == fits
    cluster = cluster_of(scene.objects)
    pod = waiting(cluster.all(PODS)[0])
    (failure,) = explain(schedule(pod, cluster).prepared, cluster.nodes["node-0"])
    assert failure.detail == (
        "needs UserNamespacesHostNetworkSupport; the node declares VolumeBindMountOptions"
    )

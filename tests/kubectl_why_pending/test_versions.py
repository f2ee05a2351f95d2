"""The sentence has the form that each release gives it: as real clusters said it."""

from collections.abc import Iterable
from random import Random

import pytest

from tests.kubectl_why_pending.clusters.nodes_and_pods import new_node
from tests.kubectl_why_pending.clusters.scene import Scene, Thing
from tests.kubectl_why_pending.judging import judge

NO_VICTIMS = "No preemption victims found for incoming pod"
NO_HELP = "Preemption is not helpful for scheduling"
UNBOUND = "pod has unbound immediate PersistentVolumeClaims"
TAINT = "node(s) had untolerated taint(s)"
AFFINITY = "node(s) didn't match Pod's node affinity/selector"
FOUND = "preemption: found a potential placement for pod on node node-0, preempting 1 victims"


def _scene(nodes: int) -> Scene:
    """Equal nodes with one cpu each, and a pod that asks for two thirds of one."""
    scene = Scene(Random(0))
    for number in range(nodes):
        node = new_node(scene, f"node-{number}")
        node["status"]["allocatable"] = {"cpu": "1", "memory": "1Gi", "pods": "110"}
        scene.nodes.append(node)
    scene.pod["spec"]["containers"][0]["resources"] = {"requests": {"cpu": "600m"}}
    return scene


def _fill(scene: Scene, nodes: Iterable[Thing], cpu: str = "600m", priority: int = 0) -> None:
    """A pod on each of the nodes."""
    for node in nodes:
        name = node["metadata"]["name"]
        pod = scene.new_pod(f"on-{name}", node=name)
        pod["spec"]["containers"][0]["resources"] = {"requests": {"cpu": cpu}}
        pod["spec"]["priority"] = priority
        scene.pods.append(pod)


def _said(scene: Scene, minor: int) -> str:
    message: str = judge(scene.question, minor)["message"]
    return message


def _taint(node: Thing) -> None:
    node["spec"]["taints"] = [{"key": "dedicated", "value": "x", "effect": "NoSchedule"}]


FULL = "0/1 nodes are available: 1 Insufficient cpu."


@pytest.mark.parametrize(
    ("minor", "sentence"),
    [
        (23, FULL),
        (25, f"{FULL} preemption: 0/1 nodes are available: 1 {NO_VICTIMS}."),
        # microk8s of 2023 among many: the second full stop is upstream's
        (26, f"{FULL} preemption: 0/1 nodes are available: 1 {NO_VICTIMS}.."),
        (28, f"{FULL} preemption: 0/1 nodes are available: 1 {NO_VICTIMS}.."),
        (29, f"{FULL} preemption: 0/1 nodes are available: 1 {NO_VICTIMS}."),
        (33, f"{FULL} preemption: 0/1 nodes are available: 1 {NO_VICTIMS}."),
        (34, f"{FULL} no new claims to deallocate, preemption: 0/1 nodes are available: 1 {NO_VICTIMS}."),
        (36, f"{FULL} no new claims to deallocate, preemption: 0/1 nodes are available: 1 {NO_VICTIMS}."),
        (37, f"{FULL} preemption: 0/1 nodes are available: 1 {NO_VICTIMS}."),
    ],
)  # fmt: skip
def test_a_node_that_is_full(minor: int, sentence: str) -> None:
    """Notes 2.1: preemption speaks since 1.24, claims from 1.34 to 1.36, and 1.26 to 1.28 dot twice."""
    scene = _scene(1)
    _fill(scene, scene.nodes)
    assert _said(scene, minor) == sentence


@pytest.mark.parametrize(
    ("minor", "sentence"),
    [
        (23, f"0/3 nodes are available: 3 {UNBOUND}."),
        # apache/apisix-helm-chart issue 346
        (24, f"0/3 nodes are available: 3 {UNBOUND}. preemption: 0/3 nodes are available: 3 {NO_HELP}."),
        # events of EKS and docker-desktop of 2023
        (27, f"0/3 nodes are available: {UNBOUND}. preemption: 0/3 nodes are available: 3 {NO_VICTIMS}.."),
        # open-metadata/openmetadata-helm-charts issue 417
        (33, f"0/3 nodes are available: {UNBOUND}. preemption: 0/3 nodes are available: 3 {NO_HELP}."),
        (34, f"0/3 nodes are available: {UNBOUND}. not found"),
        (37, f"0/3 nodes are available: {UNBOUND}. not found"),
    ],
)  # fmt: skip
def test_a_claim_that_is_not_bound(minor: int, sentence: str) -> None:
    """PreFilter refuses all nodes: counted up to 1.25, on its own since, with an error after it since 1.34."""
    scene = _scene(3)
    scene.pod["spec"]["volumes"] = [{"name": "v", "persistentVolumeClaim": {"claimName": "data"}}]
    meta = {"name": "data", "namespace": "default"}
    spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
    scene.others.append(
        {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": meta, "spec": spec}
    )
    assert _said(scene, minor) == sentence


def test_the_notes_first_sentence_of_1_35() -> None:
    """A real output, whole."""
    scene = _scene(3)
    _taint(scene.nodes[0])
    _fill(scene, scene.nodes[1:])
    assert _said(scene, 35) == (
        f"0/3 nodes are available: 1 {TAINT}, 2 Insufficient cpu. no new claims to deallocate, "
        f"preemption: 0/3 nodes are available: 1 {NO_HELP}, 2 {NO_VICTIMS}."
    )


def test_the_notes_second_sentence_of_1_35() -> None:
    """A real output, whole."""
    scene = _scene(3)
    scene.pod["spec"]["nodeSelector"] = {"disk": "fast"}
    for node in scene.nodes[1:]:
        node["metadata"]["labels"]["disk"] = "fast"
        node["status"]["allocatable"]["pods"] = "0"
    assert _said(scene, 35) == (
        f"0/3 nodes are available: 1 {AFFINITY}, 2 Too many pods. no new claims to deallocate, "
        f"preemption: 0/3 nodes are available: 1 {NO_HELP}, 2 {NO_VICTIMS}."
    )


@pytest.mark.parametrize(("minor", "after"), [(33, ""), (36, ""), (37, f" {FOUND}")])
def test_preemption_that_finds_room(minor: int, after: str) -> None:
    """It has the last word, and says nothing before 1.37."""
    scene = _scene(1)
    _fill(scene, scene.nodes)
    scene.pod["spec"]["priority"] = 1000
    assert _said(scene, minor) == f"{FULL}{after}"


@pytest.mark.parametrize(
    ("minor", "reason"),
    [
        (29, ""),
        (30, "2 node is filtered out by the prefilter result"),
        (31, ""),
        (32, "2 node(s) didn't satisfy plugin(s) [NodeAffinity]"),
        (37, "2 node(s) didn't satisfy plugin(s) [NodeAffinity]"),
    ],
)
def test_nodes_that_were_not_looked_at(minor: int, reason: str) -> None:
    """Issue 91340: up to 1.31 the counts do not add up to the number of nodes."""
    scene = _scene(3)
    name = scene.nodes[0]["metadata"]["name"]
    fields = [{"key": "metadata.name", "operator": "In", "values": [name]}]
    required = {"nodeSelectorTerms": [{"matchFields": fields}]}
    scene.pod["spec"]["affinity"] = {
        "nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": required}
    }
    _fill(scene, scene.nodes)
    parts = ["1 Insufficient cpu", *([reason] if reason else [])]
    assert _said(scene, minor).startswith(f"0/3 nodes are available: {', '.join(parts)}. ")


@pytest.mark.parametrize(("minor", "helps"), [(33, NO_VICTIMS), (34, NO_HELP), (37, NO_HELP)])
def test_a_node_that_is_too_small(minor: int, helps: str) -> None:
    """Since 1.34 no preemption is tried on a node that would not do were it empty."""
    scene = _scene(1)
    scene.pod["spec"]["containers"][0]["resources"]["requests"]["cpu"] = "2"
    assert f"1 {helps}." in _said(scene, minor)


def test_no_nodes_at_all() -> None:
    """In every release."""
    assert {_said(_scene(0), minor) for minor in (23, 30, 37)} == {
        "no nodes available to schedule pods"
    }

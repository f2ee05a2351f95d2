"""The commands of a fix do to a workload's template what its patches do to the pod: the real kubectl says so."""

import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from random import Random

import pytest
from msgspec import convert

from kubectl_why_pending.fixes.change import Fix, Operation, apply, is_edit
from kubectl_why_pending.fixes.commands import command_for
from kubectl_why_pending.objects.pod import Pod
from tests.kubectl_why_pending.clusters.nodes_and_pods import add_base
from tests.kubectl_why_pending.clusters.placing import add_node_affinity, add_ports, add_taints
from tests.kubectl_why_pending.clusters.resources import add_resources
from tests.kubectl_why_pending.clusters.scene import Scene, Thing
from tests.kubectl_why_pending.clusters.topology import add_topology
from tests.kubectl_why_pending.fixing import fixes_of, pod_of
from tests.lab.programs import program
from tests.seeds import rng

PARTS = (add_resources, add_taints, add_node_affinity, add_ports, add_topology)
EDITS = 25
SCENES = 2000
DEFAULTED = [
    {
        "key": f"node.kubernetes.io/{name}",
        "operator": "Exists",
        "effect": "NoExecute",
        "tolerationSeconds": 300,
    }
    for name in ("not-ready", "unreachable")
]
SORTS = {"tolerate", "node affinity", "request", "host port", "spread", "podAffinity"}
GPU = {"key": "gpu", "operator": "Equal", "effect": "NoSchedule"}
TOLERATE: list[Operation] = [{"op": "add", "path": "/spec/tolerations/-", "value": GPU}]


def _scene(random: Random) -> Scene:
    """A pod as admission leaves it: with tolerations that its template has not."""
    scene = Scene(random)
    add_base(scene)
    for part in PARTS:
        if scene.chance(0.6):
            part(scene)
    scene.pod["spec"].setdefault("tolerations", []).extend(deepcopy(DEFAULTED))
    return scene


def _edits(fix: Fix) -> list[Operation]:
    return [operation for c in fix.changes if is_edit(c) for operation in c.patch]


def _local(words: list[str], document: Thing) -> Thing:
    """What kubectl makes of the document without asking a server."""
    command = [str(program("kubectl")), *words[1:], "--local", "-f", "-", "-o", "json"]
    environ = {**os.environ, "KUBECONFIG": os.devnull}
    ran = subprocess.run(
        command, input=json.dumps(document), capture_output=True, text=True, env=environ
    )
    assert ran.returncode == 0, (command, ran.stderr)
    made: Thing = json.loads(ran.stdout)
    return made


def _deployment(pod: Thing) -> Thing:
    """What makes the pod: its template has the pod's spec, without what admission put there."""
    template = deepcopy(pod["spec"])
    template["tolerations"] = [t for t in template["tolerations"] if t not in DEFAULTED]
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web"},
        "spec": {"template": {"spec": template}},
    }


def _owned(pod: Thing, kind: str, name: str) -> Pod:
    owner = {"apiVersion": "apps/v1", "kind": kind, "name": name, "controller": True}
    return convert({**pod, "metadata": {**pod["metadata"], "ownerReferences": [owner]}}, Pod)


def _admitted(deployment: Thing) -> Thing:
    """The spec of a pod of it, as kubectl reads and writes one; the order of these lists says nothing."""
    words = ["kubectl", "patch", "-p", "{}"]
    spec: Thing = _local(words, deployment)["spec"]["template"]["spec"]
    spec["tolerations"] = sorted(map(str, [*spec.get("tolerations", []), *DEFAULTED]))
    spec.get("topologySpreadConstraints", []).sort(key=str)
    return spec


def _edited(pod: Thing, edits: list[Operation]) -> Thing:
    changed = deepcopy(pod)
    for operation in deepcopy(edits):
        apply(changed, operation)
    return changed


def _some_fixes(random: Random) -> Iterator[tuple[Thing, Fix]]:
    """25 that edit the pod, and as many more as show every sort of edit."""
    unseen, taken = set(SORTS), 0
    for _ in range(SCENES):
        scene = _scene(random)
        for fix in fixes_of(scene.question):
            sorts = {change.sort for change in fix.changes if is_edit(change)}
            if sorts & unseen or (sorts and taken < EDITS):
                yield scene.pod, fix
                unseen -= sorts
                taken += 1
        if taken >= EDITS and not unseen:
            return
    assert not unseen


def test_a_template_is_changed_as_the_pod_was(programs: None) -> None:
    """Fixes of random pods, of every sort of edit: the template, admitted again, makes the changed pod."""
    for pod, fix in _some_fixes(rng("why-pending commands")):
        edits = _edits(fix)
        made = _deployment(pod)
        for command in command_for(_owned(pod, "Deployment", "web"), edits).split("\n"):
            words = shlex.split(command)
            assert words[:4] == ["kubectl", "patch", "deployment", "web"]
            made = _local([*words[:2], *words[4:]], made)
        wanted = _deployment(_edited(pod, edits))
        assert _admitted(made) == _admitted(wanted), (edits, pod)


def test_a_pod_of_nobody_is_made_again(programs: None) -> None:
    """Its JSON, patched by kubectl, is the changed pod, which `replace --force` makes of it."""
    operation = {"op": "remove", "path": "/spec/nodeSelector"}
    pod = pod_of("bare", nodeSelector={"disk": "ssd"})
    command = command_for(convert(pod, Pod), [operation])
    get, patch, make = [shlex.split(part) for part in command.split(" | ")]
    assert get == ["kubectl", "get", "pod", "bare", "-n", "default", "-o", "json"]
    assert make == ["kubectl", "replace", "--force", "-f", "-"]
    words = [word for word in patch if word not in ("--local", "-f", "-", "-o", "json")]
    assert "nodeSelector" not in _local(words, pod)["spec"]


def test_a_toleration_is_added_to_a_pod_that_is_there() -> None:
    """The one edit of a pod that the API server allows."""
    pod = convert(pod_of("bare", tolerations=DEFAULTED), Pod)
    command = shlex.split(command_for(pod, TOLERATE))
    assert command[:7] == ["kubectl", "patch", "pod", "bare", "-n", "default", "--type=json"]
    assert json.loads(command[8]) == TOLERATE


@pytest.mark.parametrize("kind", ["StatefulSet", "ReplicaSet", "ReplicationController"])
def test_a_pod_that_stays_in_the_way_of_the_next_is_deleted(kind: str) -> None:
    """These make a pod by the new template only when the old one is gone."""
    pod = _owned(pod_of("db-0", tolerations=DEFAULTED), kind, "db")
    patch, delete = command_for(pod, TOLERATE).split("\n")
    assert patch.startswith(f"kubectl patch {kind.lower()} db -n default -p ")
    assert delete == "kubectl delete pod db-0 -n default"


def test_a_job_is_to_be_made_again() -> None:
    """Its template cannot be changed, and no command would do."""
    pod = _owned(pod_of("once-x", tolerations=DEFAULTED), "Job", "once")
    assert command_for(pod, TOLERATE).startswith("# ")


def test_ports_of_one_number_are_told_apart(programs: None) -> None:
    """DNS has 53 twice: only the one that is meant loses its host port."""
    ports = [
        {"containerPort": 53, "hostPort": 53, "protocol": protocol} for protocol in ("UDP", "TCP")
    ]
    raw = pod_of("dns", tolerations=[], containers=[{"name": "main", "ports": ports}])
    operation = {"op": "remove", "path": "/spec/containers/0/ports/1/hostPort"}
    words = shlex.split(command_for(_owned(raw, "Deployment", "web"), [operation]))
    made = _local([*words[:2], *words[4:]], _deployment(raw))
    [container] = made["spec"]["template"]["spec"]["containers"]
    assert [port.get("hostPort") for port in container["ports"]] == [53, None]

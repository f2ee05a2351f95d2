"""What Kubernetes adds to a workload's tolerations, seen on the pods that real controllers made."""

import json
from random import Random
from typing import Any

import msgspec

from kubectl_fieldkit.objects.pod import PodSpec, Toleration
from kubectl_fieldkit.workloads import Workload
from kubectl_taints.pod_tolerations import tolerations_of
from tests.kubectl_taints import random_tolerations as given
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for
from tests.seeds import rng

WORKLOADS = 24


def _template(random: Random, name: str) -> dict[str, Any]:
    special = [
        {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 5},
        {"operator": "Exists", "effect": "NoExecute"},
        {"key": "node.kubernetes.io/unreachable", "effect": "NoExecute"},
    ]  # fmt: skip
    return {
        "metadata": {"labels": {"app": name}},
        "spec": {
            "hostNetwork": random.random() < 0.5,
            "tolerations": given.tolerations(random) + random.sample(special, random.randint(0, 2)),
            "containers": given.CONTAINERS,
        },
    }


def _object(kind: str, name: str, template: dict[str, Any]) -> dict[str, Any]:
    meta, version = {"name": name, "labels": {"app": name}}, "apps/v1"
    spec = {"selector": {"matchLabels": {"app": name}}, "template": template}
    if kind == "Pod":
        spec, version = template["spec"], "v1"
    return {"apiVersion": version, "kind": kind, "metadata": meta, "spec": spec}


def test_pods_of_a_real_cluster_have_what_we_say(own_lab: Lab) -> None:
    """24 random DaemonSets, Deployments and bare pods: each pod's tolerations, in their order."""
    random = rng("added tolerations")
    own_lab.add_node("only")
    kinds = ["DaemonSet", "Deployment", "Pod"]
    made = {f"w{i}": (kinds[i % 3], _template(random, f"w{i}")) for i in range(WORKLOADS)}
    items = [_object(kind, name, template) for name, (kind, template) in made.items()]
    wait_for(
        "an account", lambda: not own_lab.kubectl("get", "sa", "default", check=False).returncode
    )
    manifest = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    own_lab.kubectl("create", "-f", "-", input=manifest)
    wait_for("every pod", lambda: len(_pods(own_lab)) == WORKLOADS)
    pods = _pods(own_lab)
    for name, (kind, template) in made.items():
        spec = msgspec.convert(template["spec"], PodSpec)
        ours = tolerations_of(Workload("", kind, "default", name, spec, origin="w.yaml:1"))
        assert msgspec.convert(pods[name], list[Toleration]) == ours, (kind, template)


def _pods(lab: Lab) -> dict[str, list[Any]]:
    listed = lab.api.send("GET", "/api/v1/namespaces/default/pods")["items"]
    return {p["metadata"]["labels"]["app"]: p["spec"].get("tolerations", []) for p in listed}

"""What a user waits for most often: each plugin's `--version` and its hot path, on a small cluster,
beside kubectl's nearest command.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import proxy_mode
from benchmarks.cluster import create_namespace, pod_spec
from benchmarks.races import Race
from benchmarks.timing import Command
from freeze.plugins import Plugin
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

NAMESPACE = "shop"
NODES, DEPLOYMENTS = 3, 10
TURNS = 20
BOUND = 1.2
Words = tuple[str, ...]


def fill(lab: Lab) -> None:
    """Three nodes with kube-proxy on each, and a shop: Deployments, a pod of each, and one that waits.

    kube-scheduler has to run: the answer to "why" is about a pod that it has tried, as waiting pods are.
    """
    proxy_mode.fill(lab, NODES)
    create_namespace(lab.api, NAMESPACE)
    for number in range(DEPLOYMENTS):
        _create_deployment(lab, number)
        where = {"nodeName": f"node-{number % NODES:04}"}
        _create_pod(lab, f"service-{number}", pod_spec(number) | where)
    huge = {"name": "main", "image": "main", "resources": {"requests": {"cpu": "64"}}}
    _create_pod(lab, "waiting", {"containers": [huge]})
    wait_for("kube-scheduler's word", lambda: "Insufficient cpu" in _events(lab))


def _create_deployment(lab: Lab, number: int) -> None:
    labels = {"app": f"service-{number}"}
    template = {"metadata": {"labels": labels}, "spec": pod_spec(number)}
    spec = {"selector": {"matchLabels": labels}, "template": template}
    deployment = {"metadata": {"name": f"service-{number}"}, "spec": spec}
    lab.api.send("POST", f"/apis/apps/v1/namespaces/{NAMESPACE}/deployments", deployment)


def _create_pod(lab: Lab, name: str, spec: dict[str, Any]) -> None:
    pod = {"metadata": {"name": name, "labels": {"app": name}}, "spec": spec}
    lab.api.send("POST", f"/api/v1/namespaces/{NAMESPACE}/pods", pod)


def _events(lab: Lab) -> str:
    return lab.kubectl("get", "events", "-n", NAMESPACE).stdout


def races(lab: Lab, binaries: Mapping[Plugin, Path]) -> list[Race]:
    """Every plugin's start-up beside kubectl's, and its answer beside that of kubectl."""
    kubectl = str(lab.kubectl_path)
    client = Command("kubectl version --client", (kubectl, "version", "--client"))
    starts = [
        Race(
            Command(f"kubectl {plugin.name} --version", (str(binary), "--version")),
            client,
            bound=1.0,
            turns=TURNS,
        )
        for plugin, binary in binaries.items()
    ]
    return starts + [
        Race(
            Command(f"kubectl {name} {shown}", (str(binaries[Plugin(name)]), *ours)),
            Command(f"kubectl {said}", (kubectl, *theirs)),
            bound=BOUND,
            turns=TURNS,
        )
        for name, shown, ours, said, theirs in _hot_paths()
    ]


def _hot_paths() -> list[tuple[str, str, Words, str, Words]]:
    """A plugin and its words, and kubectl's, either preceded by what to call them.

    An audit reads whole objects of each of these kinds, and whole they come only by `-o json`, which
    kubectl writes in less time than YAML; proxy-mode needs three lists and a ConfigMap of kubectl's four.
    The namespaces differ, so that each of the two commands has to write.
    """
    here = ("-n", NAMESPACE)
    workloads = "deploy,sts,ds,job,cronjob,rs,rc,pod"
    return [
        ("taints", "NODE", ("node-0001",), "describe node NODE", ("describe", "node", "node-0001")),
        (
            *("why-pending", "POD", ("waiting", *here)),
            *("describe pod POD", ("describe", "pod", "waiting", *here)),
        ),
        (
            *("psa-audit", "-n NS", here),
            *("get WORKLOADS -o json", ("get", workloads, *here, "-o", "json")),
        ),
        (
            *("proxy-mode", "--no-probe", ("--no-probe",)),
            *("get no,ds,po,cm -o json", ("get", "no,ds,po,cm", "-n", "kube-system", "-o", "json")),
        ),
        (
            *("neat", "deploy/NAME", ("deploy/service-1", *here)),
            *("get deploy NAME -o yaml", ("get", "deploy", "service-1", *here, "-o", "yaml")),
        ),
        (
            *("ns", "NAME", (NAMESPACE,)),
            *("config set-context", ("config", "set-context", "--current", "--namespace=default")),
        ),
    ]

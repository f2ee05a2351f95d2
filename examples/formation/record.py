"""Records the embedded cluster anew: `./build.sh record`.

Starts a real control plane, sets the course's scenes on it, stands in for the kubelets it has not,
and saves what it holds to cluster.jsonl.gz, and one Deployment as kubectl shows it to web.yaml. Takes about two minutes: worker-4 must be found silent.
"""

import os
import sys
from pathlib import Path
from typing import Any

import yaml

from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.objects.budget import BUDGETS
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.objects.pod import PODS
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.objects.workload import WORKLOAD_KINDS
from kubectl_fieldkit.reading import Request
from kubectl_fieldkit.snapshot.recording import Recording
from kubectl_proxy_mode.gather import ask as ask_proxies
from kubectl_proxy_mode.gather import gather as gather_proxies
from kubectl_psa_audit.gather import gather
from kubectl_why_pending.admission import ADMISSION
from kubectl_why_pending.lists import RESOURCES
from kubectl_why_pending.objects.event import EVENTS, LEASES
from kubectl_why_pending.objects.workload import WORKLOADS as OWNERS
from tests.lab.api import MERGE_PATCH
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

FOLDER = Path(__file__).parent
MANIFESTS = FOLDER / "manifests"
SNAPSHOT = FOLDER / "cluster.jsonl.gz"
LIVE = FOLDER / "web.yaml"
SILENT = "worker-4"
NAMESPACE = "formation-k8s"
WORKLOADS = ("kube-proxy", "tolerations", "placement", "security", "maintenance")
RUNNING = {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}


def main() -> None:
    """Sets the scenes and records them."""
    with Lab(scheduler=True, controllers=True) as lab:
        _set_nodes(lab)
        _set_workloads(lab)
        _set_taints(lab)
        _record(lab)
        _record_live(lab)
    sys.stdout.write(f"recorded {SNAPSHOT} and {LIVE}\n")


def _set_nodes(lab: Lab) -> None:
    for node in yaml.safe_load_all((MANIFESTS / "nodes.yaml").read_text()):
        meta, taints = node["metadata"], node.get("spec", {}).get("taints", [])
        fresh = meta["name"] != SILENT
        lab.add_node(meta["name"], labels=meta["labels"], taints=taints, fresh=fresh)


def _set_workloads(lab: Lab) -> None:
    lab.kubectl("apply", "-f", MANIFESTS / "namespace.yaml")
    account = ("get", "serviceaccount", "default", "-n", NAMESPACE)
    wait_for("a service account", lambda: not lab.kubectl(*account, check=False).returncode)
    for name in WORKLOADS:  # a misspelt field is one of the scenes
        lab.kubectl("apply", "--validate=ignore", "-f", MANIFESTS / f"{name}.yaml")
    _settle(lab)
    lab.kubectl("set", "image", "-n", NAMESPACE, "deployment/web", "nginx=nginx:1.29")
    wait_for("the second revision of web", lambda: _rolled_out(lab, "web"))


def _set_taints(lab: Lab) -> None:
    lab.kubectl("taint", "node", "worker-0", "node-role.kubernetes.io/master=:NoSchedule")
    lab.kubectl("taint", "node", "worker-1", "special=true:NoExecute")
    lab.kubectl("taint", "node", "worker-2", "test:NoSchedule")
    lab.kubectl("cordon", "worker-3")
    wait_for(f"{SILENT} to be found silent", lambda: "NoExecute" in _node(lab, SILENT), 120)
    lab.kubectl("apply", "-f", MANIFESTS / "mypod.yaml")
    reason = (
        "get",
        "pod",
        "mypod",
        "-n",
        NAMESPACE,
        "-o",
        "jsonpath={.status.conditions[0].reason}",
    )
    wait_for("mypod to be tried", lambda: "Unschedulable" in lab.kubectl(*reason).stdout)


def _record(lab: Lab) -> None:
    access = find_access(ConnectionFlags(kubeconfig=str(lab.kubeconfig)), os.environ)
    SNAPSHOT.unlink(missing_ok=True)
    with ApiServer(access, environ=os.environ) as server:
        recording = Recording(server)
        resources: list[Resource[Any]] = [NODES, PODS, BUDGETS]
        for resource in resources + [kind.resource for kind in WORKLOAD_KINDS]:
            recording.read(Request(resource))  # what taints reads
        gather(recording, "", "")  # what psa-audit reads
        gather_proxies(ask_proxies(recording, (), ""), events=True)  # what proxy-mode reads
        for resource in (*RESOURCES, *ADMISSION, EVENTS, LEASES, *OWNERS):
            recording.read(Request(resource))  # what why-pending reads
        recording.save(SNAPSHOT)
    SNAPSHOT.chmod(0o644)


def _record_live(lab: Lab) -> None:
    """What `kubectl neat` is shown."""
    live = lab.kubectl("get", "deployment/web", "-n", NAMESPACE, "-o", "yaml").stdout
    LIVE.write_text(live)


def _settle(lab: Lab) -> None:
    """Waits until every pod has a node, then does what kubelets would: run some, end others."""
    wait_for("a node for every pod", lambda: all(pod["spec"].get("nodeName") for pod in _pods(lab)))
    for pod in _pods(lab):
        meta = pod["metadata"]
        path = f"/api/v1/namespaces/{meta['namespace']}/pods/{meta['name']}"
        if "deletionTimestamp" in meta:
            lab.api.send("DELETE", path, {"gracePeriodSeconds": 0})
        else:
            lab.api.send("PATCH", f"{path}/status", {"status": RUNNING}, MERGE_PATCH)


def _rolled_out(lab: Lab, name: str) -> bool:
    _settle(lab)
    path = f"/apis/apps/v1/namespaces/{NAMESPACE}/deployments/{name}"
    status = lab.api.send("GET", path)["status"]
    counts = [status.get(key, 0) for key in ("replicas", "updatedReplicas", "availableReplicas")]
    return len(set(counts)) == 1


def _pods(lab: Lab) -> list[dict[str, Any]]:
    pods: list[dict[str, Any]] = lab.api.send("GET", "/api/v1/pods")["items"]
    return pods


def _node(lab: Lab, name: str) -> str:
    return lab.kubectl("get", "node", name, "-o", "jsonpath={.spec.taints}").stdout


if __name__ == "__main__":
    main()

"""`kubectl proxy-mode`: 1,000 nodes beside a download of the same lists, and 200 probes beside 100.

The probes are real ones: each is a port-forward of its own, by way of a real API server and a real
kubelet, to one of the two kube-proxies of `tests/lab/node`, which answer again and again in the
place of 200. Between us and the API server a TCP proxy makes every way 25 ms long.
`python -m benchmarks.proxy_mode PORT COUNT` asks so many.
"""

import json
import os
import sys
from io import StringIO
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from benchmarks.cluster import NODES, share_out
from benchmarks.latency import far_away
from benchmarks.races import Race, Result, curl
from benchmarks.timing import Command, race
from kubectl_fieldkit.cluster.progress import Progress
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_proxy_mode.probing import Target, probe
from tests.lab.api import MERGE_PATCH, Api
from tests.lab.lab import CAPACITY, Lab
from tests.lab.node_objects import create_node
from tests.lab.nodes import RealNodes, real_nodes

NAMESPACE = "kube-system"
ROUND = 100  # the default concurrency
WAY = 0.025  # seconds to the API server, and as many back
SERVER = ("10.77.0.1", 36443)
LABELS = {"k8s-app": "kube-proxy", "controller-revision-hash": "7c9c8bd5c5"}
IMAGES = 50  # the kubelet's nodeStatusMaxImages
IMAGE = "registry.k8s.io/kube-proxy:v1.37.2"
STARTED = "2026-11-20T10:00:00Z"
NODE_INFO = {
    "architecture": "amd64",
    "bootID": "00000000-0000-4000-8000-000000000000",
    "containerRuntimeVersion": "containerd://2.1.4",
    "kernelVersion": "6.8.0-60-generic",
    "kubeProxyVersion": "",
    "kubeletVersion": "v1.37.2",
    "machineID": "0123456789abcdef0123456789abcdef",
    "operatingSystem": "linux",
    "osImage": "Ubuntu 24.04.2 LTS",
    "systemUUID": "00000000-0000-4000-8000-000000000000",
}
CONTAINER_STATUS = {
    "name": "kube-proxy",
    "image": IMAGE,
    "imageID": f"registry.k8s.io/kube-proxy@sha256:{0:064x}",
    "ready": True,
    "restartCount": 0,
    "state": {"running": {"startedAt": STARTED}},
}
CONFIG = (
    'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: "ipvs"\n'
)


def fill(lab: Lab, nodes: int = NODES) -> None:
    """So many nodes as kubelets report them, and kube-proxy as kubeadm installs it, running on each."""
    home, apps = f"/api/v1/namespaces/{NAMESPACE}", f"/apis/apps/v1/namespaces/{NAMESPACE}"
    config = {"metadata": {"name": "kube-proxy"}, "data": {"config.conf": CONFIG}}
    lab.api.send("POST", f"{home}/configmaps", config)
    lab.api.send("POST", f"{home}/serviceaccounts", {"metadata": {"name": "kube-proxy"}})
    template = {"metadata": {"labels": LABELS}, "spec": _pod_spec()}
    spec = {"selector": {"matchLabels": {"k8s-app": "kube-proxy"}}, "template": template}
    daemonset = {"metadata": {"name": "kube-proxy", "labels": LABELS}, "spec": spec}
    lab.api.send("POST", f"{apps}/daemonsets", daemonset)
    share_out(lab, nodes, _create_node)
    share_out(lab, nodes, _create_kube_proxy)


def _create_node(api: Api, number: int) -> None:
    """A node with what a kubelet reports of it, the 50 images among it that are its default."""
    name = f"node-{number:04}"
    create_node(api, name, {}, {"taints": []}, dict(CAPACITY), ready=True)
    status = {"nodeInfo": NODE_INFO, "images": [_image(n) for n in range(IMAGES)]}
    api.send("PATCH", f"/api/v1/nodes/{name}/status", {"status": status}, MERGE_PATCH)


def _image(number: int) -> dict[str, Any]:
    name = f"registry.example.com/shop/service-{number}"
    return {"names": [f"{name}@sha256:{number:064x}", f"{name}:1.27.3"], "sizeBytes": 48_123_456}


def _create_kube_proxy(api: Api, number: int) -> None:
    """A pod with what a kubelet reports of it."""
    name, pods = f"kube-proxy-{number:05}", f"/api/v1/namespaces/{NAMESPACE}/pods"
    spec = {"nodeName": f"node-{number:04}", **_pod_spec()}
    api.send("POST", pods, {"metadata": {"name": name, "labels": LABELS}, "spec": spec})
    status = {"phase": "Running", "startTime": STARTED, "containerStatuses": [CONTAINER_STATUS]}
    api.send("PATCH", f"{pods}/{name}/status", {"status": status}, MERGE_PATCH)


def _pod_spec() -> dict[str, Any]:
    name = "kube-proxy"
    command = ["/usr/local/bin/kube-proxy", "--config=/var/lib/kube-proxy/config.conf"]
    mounts = [{"name": name, "mountPath": "/var/lib/kube-proxy"}]
    return {
        "serviceAccountName": name,
        "hostNetwork": True,
        "priorityClassName": "system-node-critical",
        "tolerations": [{"operator": "Exists"}],
        "containers": [{"name": name, "image": IMAGE, "command": command, "volumeMounts": mounts}],
        "volumes": [{"name": name, "configMap": {"name": name}}],
    }


def races(lab: Lab, binary: Path) -> list[Race]:
    """What is configured on 1,000 nodes."""
    home = f"/api/v1/namespaces/{NAMESPACE}"
    lists = ("/api/v1/nodes", "/apis/apps/v1/daemonsets", f"{home}/pods")
    download = curl(lab, *lists, f"{home}/configmaps/kube-proxy")
    return [
        Race(
            Command("kubectl proxy-mode --no-probe", (str(binary), "--no-probe")),
            Command("curl the same lists", download),
            bound=1.5,
            turns=10,
        )
    ]


def probes() -> list[Result]:
    """Two rounds of real probes beside one, at the default concurrency, 50 ms away."""
    with real_nodes() as nodes, far_away(*SERVER, WAY) as port:
        commands = [_asking(port, count) for count in (2 * ROUND, ROUND)]
        environ = {**nodes.kubectl.environ, "TARGETS": _targets(nodes)}
        ours, theirs = race(commands, environ, turns=5)
    times = (ours.milliseconds, theirs.milliseconds)
    return [Result(ours.name, theirs.name, *times, ours.megabytes, bound=2.0)]


def _asking(port: int, count: int) -> Command:
    words = (sys.executable, "-m", "benchmarks.proxy_mode", str(port), str(count))
    return Command(f"proxy-mode: {count} probes", words)


def _targets(nodes: RealNodes) -> str:
    """The two kube-proxies, as JSON."""
    where = ("-n", NAMESPACE, "-l", "k8s-app=kube-proxy", "-o", "json")
    pods = json.loads(nodes.kubectl("get", "pods", *where).stdout)["items"]
    return json.dumps([[pod["spec"]["nodeName"], pod["metadata"]["name"]] for pod in pods])


def _ask(port: int, count: int) -> int:
    """Probes so many; exit 1 when one of them does not tell its mode by a port-forward."""
    access = find_access(ConnectionFlags(), os.environ)
    near = {"server": f"https://127.0.0.1:{port}", "tls_server_name": SERVER[0]}
    access = replace(access, cluster=replace(access.cluster, **near))
    pods = json.loads(os.environ["TARGETS"])
    targets = [
        Target(node, pod, NAMESPACE, "Running", True)
        for node, pod in (pods[number % len(pods)] for number in range(count))
    ]
    progress = Progress(StringIO())
    answers = probe(access, targets, environ={}, progress=progress, concurrency=ROUND)
    told = [answer for answer in answers if answer.way == "portforward" and answer.mode]
    return int(len(told) != count)


if __name__ == "__main__":
    sys.exit(_ask(int(sys.argv[1]), int(sys.argv[2])))

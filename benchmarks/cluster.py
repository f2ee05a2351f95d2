"""A big cluster: 1,000 nodes with a mix of taints, and 20,000 pods bound to them."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.lab.api import Api
from tests.lab.lab import CAPACITY, Lab
from tests.lab.node_objects import create_node

NODES, PODS, NAMESPACES, WRITERS = 1_000, 20_000, 20, 8
TAINTS: Sequence[list[dict[str, str]]] = (
    [],
    [],
    [{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}],
    [{"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"}],
    [
        {"key": "dedicated", "value": "batch", "effect": "NoExecute"},
        {"key": "spot", "value": "true", "effect": "PreferNoSchedule"},
    ],
)


def fill(lab: Lab) -> None:
    """Writes everything, from several connections at once."""
    for number in range(NAMESPACES):
        create_namespace(lab.api, f"team-{number}")
    share_out(lab, NODES, _create_node)
    share_out(lab, PODS, _create_pod)


def share_out(lab: Lab, count: int, create: Callable[[Api, int], None]) -> None:
    """Creates so many objects from several connections at once."""

    def write(first: int) -> None:
        api = lab.connect()
        for number in range(first, count, WRITERS):
            create(api, number)
        api.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))


def create_namespace(api: Api, name: str) -> None:
    """A namespace in which pods can be made."""
    api.send("POST", "/api/v1/namespaces", {"metadata": {"name": name}})
    account = {"metadata": {"name": "default"}}  # no controller runs that would make it
    api.send("POST", f"/api/v1/namespaces/{name}/serviceaccounts", account)


def _create_node(api: Api, number: int) -> None:
    labels = {
        "node.kubernetes.io/instance-type": f"m{number % 5}.xlarge",
        "topology.kubernetes.io/region": "eu-north-1",
        "topology.kubernetes.io/zone": f"eu-north-1{'abc'[number % 3]}",
    }
    spec = {"taints": TAINTS[number % len(TAINTS)], "providerID": f"cloud:///i-{number:017x}"}
    create_node(api, f"node-{number:04}", labels, spec, dict(CAPACITY), ready=True)


def _create_pod(api: Api, number: int) -> None:
    namespace = f"team-{number % NAMESPACES}"
    api.send("POST", f"/api/v1/namespaces/{namespace}/pods", _pod(number))


def _pod(number: int) -> dict[str, Any]:
    """A pod of a Deployment, as a chart makes one: 5 kB with what the server adds."""
    app = f"service-{number % 400}"
    labels = {"app.kubernetes.io/name": app, "app.kubernetes.io/part-of": "shop", "tier": "web"}
    owner = {
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "name": f"{app}-6d4b75cb6d",
        "uid": f"00000000-0000-4000-8000-{number % 400:012}",
        "controller": True,
    }
    return {
        "metadata": {
            "name": f"{app}-6d4b75cb6d-{number:05}",
            "labels": labels,
            "annotations": {"prometheus.io/scrape": "true", "checksum/config": "9f86d081" * 8},
            "ownerReferences": [owner],
        },
        "spec": {"nodeName": f"node-{number % NODES:04}", **pod_spec(number)},
    }


def pod_spec(number: int) -> dict[str, Any]:
    """Two containers with probes, settings and a volume."""
    return {
        "tolerations": _tolerations(number),
        "containers": [_container("app", 8080), _container("proxy", 15090)],
        "volumes": [{"name": "config", "configMap": {"name": f"service-{number % 400}-config"}}],
    }


def _tolerations(number: int) -> list[dict[str, Any]]:
    """Every third pod is for tainted nodes, some of them for a while only."""
    if number % 3:
        return []
    batch = {"key": "dedicated", "value": "batch", "effect": "NoExecute"}
    return [{"key": "nvidia.com/gpu", "operator": "Exists"}, batch | {"tolerationSeconds": 600}]


def _container(name: str, port: int) -> dict[str, Any]:
    probe = {"httpGet": {"path": "/healthz", "port": port}, "periodSeconds": 10}
    return {
        "name": name,
        "image": f"registry.example.com/shop/{name}:1.27.3",
        "ports": [{"name": "http", "containerPort": port}],
        "env": [{"name": f"SETTING_{i}", "value": f"value-of-setting-{i}"} for i in range(6)],
        "resources": {"requests": {"cpu": "1m", "memory": "1Mi"}, "limits": {"memory": "64Mi"}},
        "livenessProbe": probe,
        "readinessProbe": probe,
        "volumeMounts": [{"name": "config", "mountPath": "/etc/app", "readOnly": True}],
        "securityContext": {"runAsNonRoot": True, "allowPrivilegeEscalation": False},
    }

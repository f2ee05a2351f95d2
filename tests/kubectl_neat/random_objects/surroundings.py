"""What random objects name: without it, admission refuses them; with it, admission adds to them."""

from typing import Any

from tests.lab.api import Api

ROOM = "/api/v1/namespaces/default"
LIMITED = "limited"
_OBJECTS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        f"{ROOM}/serviceaccounts",
        {"metadata": {"name": "builder"}, "imagePullSecrets": [{"name": "registry"}]},
    ),
    (
        "/apis/scheduling.k8s.io/v1/priorityclasses",
        {"metadata": {"name": "high"}, "value": 1000, "preemptionPolicy": "Never"},
    ),
    (
        "/apis/node.k8s.io/v1/runtimeclasses",
        {
            "metadata": {"name": "sandbox"},
            "handler": "runsc",
            "overhead": {"podFixed": {"cpu": "100m"}},
            "scheduling": {
                "nodeSelector": {"sandboxed": "yes"},
                "tolerations": [{"key": "sandboxed", "operator": "Exists"}],
            },
        },
    ),
    (
        "/apis/storage.k8s.io/v1/storageclasses",
        {
            "metadata": {
                "name": "standard",
                "annotations": {"storageclass.kubernetes.io/is-default-class": "true"},
            },
            "provisioner": "example.com/p",
        },
    ),
    ("/api/v1/namespaces", {"metadata": {"name": LIMITED}}),
    (f"/api/v1/namespaces/{LIMITED}/serviceaccounts", {"metadata": {"name": "default"}}),
    (f"/api/v1/namespaces/{LIMITED}/serviceaccounts", {"metadata": {"name": "builder"}}),
    (
        f"/api/v1/namespaces/{LIMITED}/limitranges",
        {
            "metadata": {"name": "limits"},
            "spec": {"limits": [{"type": "Container", "default": {"cpu": "2", "memory": "2Gi"}}]},
        },
    ),
)


def prepare(api: Api) -> None:
    """Makes them all, in a control plane that is ours alone."""
    for path, thing in _OBJECTS:
        api.send("POST", path, thing)

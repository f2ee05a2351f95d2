"""A random cluster in a live API server, and pods that its real scheduler tries one by one."""

from typing import Any

from tests.kubectl_why_pending.clusters.scene import NAMESPACES, Scene, Thing
from tests.lab.api import MERGE_PATCH, ApiError
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

PATHS = {
    "Namespace": "/api/v1/namespaces",
    "Node": "/api/v1/nodes",
    "Pod": "/api/v1/namespaces/{namespace}/pods",
    "PersistentVolume": "/api/v1/persistentvolumes",
    "PersistentVolumeClaim": "/api/v1/namespaces/{namespace}/persistentvolumeclaims",
    "StorageClass": "/apis/storage.k8s.io/v1/storageclasses",
    "CSINode": "/apis/storage.k8s.io/v1/csinodes",
    "CSIDriver": "/apis/storage.k8s.io/v1/csidrivers",
}
NOW = {"gracePeriodSeconds": 0}


def prepare(lab: Lab) -> None:
    """The namespaces of every random cluster, each with the account that admission asks for."""
    for name in NAMESPACES:
        labels = {"team": name[-1]}
        if name != "default":
            lab.api.send("POST", PATHS["Namespace"], {"metadata": {"name": name}})
            accounts = f"/api/v1/namespaces/{name}/serviceaccounts"
            lab.api.send("POST", accounts, {"metadata": {"name": "default"}})
        lab.api.send(
            "PATCH", f"/api/v1/namespaces/{name}", {"metadata": {"labels": labels}}, MERGE_PATCH
        )


class LiveCluster:
    """The nodes and placed pods of a scene, created for real and removed at the end."""

    def __init__(self, lab: Lab, scene: Scene) -> None:
        self.lab = lab
        self.created: list[str] = []
        for node in scene.nodes:
            self._add_node(node)
        for pod in scene.pods:
            if pod["spec"].get("nodeName"):
                self._add_placed(pod)

    def remove(self) -> None:
        """All of it, last first."""
        for path in reversed(self.created):
            self.lab.api.send("DELETE", path, NOW)

    def _add_node(self, node: Thing) -> None:
        path = self._create({**node, "spec": {}})
        if not path:
            return
        status = {"status": {**node["status"], "capacity": node["status"]["allocatable"]}}
        self.lab.api.send("PATCH", f"{path}/status", status, MERGE_PATCH)
        spec = {"taints": None, "unschedulable": None, **node["spec"]}
        self.lab.api.send("PATCH", path, {"spec": spec}, MERGE_PATCH)  # admission's own taint goes

    def _add_placed(self, pod: Thing) -> None:
        if path := self._create(as_created(pod)):
            status = {"status": {"phase": "Running"}}
            self.lab.api.send("PATCH", f"{path}/status", status, MERGE_PATCH)

    def _create(self, thing: Thing) -> str:
        """The object's path; nothing where the API does not take what the generator drew."""
        meta = thing["metadata"]
        folder = PATHS[thing["kind"]].format(namespace=meta.get("namespace", ""))
        if not _sent(self.lab, folder, thing):
            return ""
        self.created.append(f"{folder}/{meta['name']}")
        return self.created[-1]


def _sent(lab: Lab, folder: str, thing: Thing) -> bool:
    try:
        lab.api.send("POST", folder, thing)
    except ApiError as err:
        if err.code not in (400, 403, 422):
            raise
        return False
    return True


def as_created(pod: Thing) -> Thing:
    """A pod as a user may create it: no uid, no status, no priority without a class."""
    spec = {
        key: value
        for key, value in pod["spec"].items()
        if key not in ("priority", "schedulingGates", "overhead")
    }
    meta = {key: pod["metadata"][key] for key in ("name", "namespace", "labels")}
    return {**pod, "metadata": meta, "spec": spec, "status": {}}


def try_pod(lab: Lab, pod: Thing) -> Thing | None:
    """The pod once the real scheduler has tried it; None where the API does not take it."""
    folder = PATHS["Pod"].format(namespace=pod["metadata"]["namespace"])
    if pod["spec"].get("resourceClaims"):
        return None  # no claim of the scene is here: such a pod is never tried
    if not _sent(lab, folder, as_created(pod)):
        return None
    path = f"{folder}/{pod['metadata']['name']}"
    tried: Thing = wait_for("a verdict", lambda: _tried(lab.api.send("GET", path)), 20)
    return tried


def _tried(pod: Any) -> Any:
    conditions = pod["status"].get("conditions", [])
    scheduled: Thing = next((c for c in conditions if c["type"] == "PodScheduled"), {})
    return pod if scheduled.get("status") == "True" or scheduled.get("message") else None


def remove_pod(lab: Lab, pod: Thing) -> None:
    """The pod is gone at once."""
    folder = PATHS["Pod"].format(namespace=pod["metadata"]["namespace"])
    lab.api.send("DELETE", f"{folder}/{pod['metadata']['name']}", NOW)

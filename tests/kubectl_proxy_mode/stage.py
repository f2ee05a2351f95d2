"""Puts a case's objects into a real API server, as their own programs would have, and takes them out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kubectl_fieldkit.yaml_document import parse_documents
from tests.kubectl_proxy_mode.crds import KINDS
from tests.lab.api import MERGE_PATCH, Api, ApiError

PLURALS = {
    "Node": ("/api/v1", "nodes", False),
    "Namespace": ("/api/v1", "namespaces", False),
    "Pod": ("/api/v1", "pods", True),
    "ConfigMap": ("/api/v1", "configmaps", True),
    "DaemonSet": ("/apis/apps/v1", "daemonsets", True),
} | {
    kind: (f"/apis/{group}/{versions[0]}", plural, scope == "Namespaced")
    for group, versions, plural, kind, scope in KINDS
}
NOW = "?gracePeriodSeconds=0"


def objects_of(case: Path) -> list[dict[str, Any]]:
    """The objects of a case, without its header and its empty lists."""
    found = parse_documents(case.read_bytes())
    return [each for each in found if isinstance(each, dict) and each["kind"] in PLURALS]


class Stage:
    """A control plane in which one case at a time is played."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._played: list[str] = []

    def play(self, things: list[dict[str, Any]]) -> None:
        """Creates the objects, namespaces first; what a kubelet reports goes where a kubelet puts it."""
        for thing in sorted(things, key=lambda each: each["kind"] != "Namespace"):
            self._create(thing)

    def clear(self) -> None:
        """Deletes what was created; namespaces stay, for there is no controller to empty them."""
        for path in reversed(self._played):
            self._api.send("DELETE", path + NOW)
        self._played = []

    def _create(self, thing: dict[str, Any]) -> None:
        root, plural, namespaced = PLURALS[thing["kind"]]
        metadata = thing["metadata"]
        place = f"/namespaces/{metadata['namespace']}" if namespaced else ""
        folder = f"{root}{place}/{plural}"
        body = {key: value for key, value in thing.items() if key != "status"}
        try:
            self._api.send("POST", folder, body)
        except ApiError as err:
            if thing["kind"] == "Namespace" and err.code == 409:
                return
            raise
        path = f"{folder}/{metadata['name']}"
        if thing["kind"] != "Namespace":
            self._played.append(path)
        if "status" in thing:
            status = started_now(thing["status"])
            self._api.send("PATCH", f"{path}/status", {"status": status}, MERGE_PATCH)


def started_now(status: dict[str, Any]) -> dict[str, Any]:
    """A kube-proxy starts when all that it reads is there: a moment from now, by the API server's clock."""
    soon = (datetime.now(UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    containers = [
        {
            **each,
            "state": {"running": {"startedAt": soon}}
            if "running" in each["state"]
            else each["state"],
        }
        for each in status.get("containerStatuses", ())
    ]
    return {**status, "containerStatuses": containers} if containers else status

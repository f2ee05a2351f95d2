"""Keeps nodes without a kubelet alive, as their kubelets would."""

from datetime import UTC, datetime
from threading import Event, Lock, Thread
from typing import Any

from tests.lab.api import APPLY_PATCH, Api

_LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases"
# A kubelet's own rhythm; the controllers give a node up after 40 seconds without.
_EVERY_SECONDS = 10


class Keeper:
    """A thread that renews the Leases of its nodes: enough for the controllers to believe their Ready conditions."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._names: list[str] = []
        self._one_at_a_time = Lock()
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="lab keeper", daemon=True)
        self._thread.start()

    def keep(self, name: str) -> None:
        """Renews this node's Lease now, and from now on."""
        with self._one_at_a_time:
            self._renew(name)
            self._names.append(name)

    def stop(self) -> None:
        """Ends the thread."""
        self._stopped.set()
        self._thread.join()
        self._api.close()

    def _run(self) -> None:
        while not self._stopped.wait(_EVERY_SECONDS):
            for name in tuple(self._names):
                if self._stopped.is_set():
                    return
                with self._one_at_a_time:
                    self._renew(name)

    def _renew(self, name: str) -> None:
        path = f"{_LEASES}/{name}?fieldManager=lab&force=true"
        self._api.send("PATCH", path, lease(name, datetime.now(UTC)), APPLY_PATCH)


def lease(name: str, now: datetime) -> dict[str, Any]:
    """A node's Lease, renewed now."""
    return {
        "apiVersion": "coordination.k8s.io/v1",
        "kind": "Lease",
        "metadata": {"name": name, "namespace": "kube-node-lease"},
        "spec": {
            "holderIdentity": name,
            "leaseDurationSeconds": 40,
            "renewTime": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        },
    }

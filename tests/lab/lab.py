"""The control plane as tests use it: kubectl, users, certificates and nodes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.lab.control_plane import ControlPlane
from tests.lab.keeper import Keeper
from tests.lab.kubeconfig import write_kubeconfig
from tests.lab.kubectl import Kubectl, clean_environ
from tests.lab.node_objects import create_node
from tests.lab.programs import program
from tests.lab.roles import grant

CAPACITY = {"cpu": "4", "memory": "8Gi", "pods": "110"}


class Lab(ControlPlane):
    """A control plane, and what a test does with it."""

    _keeper: Keeper | None = None

    @property
    def kubectl_path(self) -> Path:
        """The lab's own kubectl, in a folder of programs called as they should be."""
        return program("kubectl")

    @property
    def environ(self) -> dict[str, str]:
        """An environment that knows this control plane and nothing of the user's home."""
        return clean_environ(self.folder, self.kubeconfig, self.kubectl_path)

    @property
    def kubectl(self) -> Kubectl:
        """The lab's kubectl, as `admin`."""
        return Kubectl(self.kubectl_path, self.environ)

    def issue_certificate(
        self, user: str, groups: Sequence[str] = (), *, expired: bool = False
    ) -> tuple[bytes, bytes]:
        """A client certificate and its key, in PEM, that stand for this user."""
        return self.authority.issue_client(user, groups, expired=expired)

    def user(self, name: str, manifest: Path | str) -> Path:
        """A kubeconfig for a user who may do what the manifest's ClusterRoles say, and no more."""
        grant(self.api, name, manifest)
        certificate, key = self.folder / f"{name}.crt", self.folder / f"{name}.key"
        for file, pem in zip((certificate, key), self.issue_certificate(name), strict=True):
            file.write_bytes(pem)
        return write_kubeconfig(
            self.folder / f"{name}.kubeconfig",
            self.server,
            self.certificate_authority,
            client_certificate=str(certificate),
            client_key=str(key),
        )

    def add_node(
        self,
        name: str,
        *,
        labels: Mapping[str, str] | None = None,
        taints: Sequence[Mapping[str, str]] = (),
        capacity: Mapping[str, str] = CAPACITY,
        ready: bool | None = True,
        unschedulable: bool = False,
        fresh: bool = True,
    ) -> None:
        """A node without a kubelet; `ready` None is Unknown, and one that is not `fresh` is soon found dead."""
        spec: dict[str, Any] = {"taints": list(taints), "unschedulable": unschedulable}
        create_node(self.api, name, dict(labels or {}), spec, dict(capacity), ready)
        if fresh:
            self._keeper = self._keeper or Keeper(self.connect())
            self._keeper.keep(name)

    def stop(self) -> None:
        """Ends every process and thread, and removes the folder."""
        if self._keeper:
            self._keeper.stop()
        super().stop()

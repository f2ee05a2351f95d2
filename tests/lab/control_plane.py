"""A control plane of this process's own, on loopback, that ends with it."""

import secrets
import shutil
import subprocess
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Self

from tests.lab import child, components
from tests.lab.api import Api, ApiError
from tests.lab.certificates import Authority, key_pem, new_key
from tests.lab.components import Ports
from tests.lab.errors import LabError
from tests.lab.folder import make_folder
from tests.lab.kubeconfig import write_kubeconfig
from tests.lab.programs import program
from tests.lab.waiting import wait_for

_ATTEMPTS = 5
_DEFAULT_ACCOUNT = "/api/v1/namespaces/default/serviceaccounts"
_LEASES = "/api/v1/namespaces/kube-node-lease"


class ControlPlane:
    """etcd and kube-apiserver, with scheduler and controllers if asked; leave it and nothing of it remains."""

    folder: Path
    server: str
    etcd: str  # its store's address, for what no API offers, such as a compaction
    api: Api

    def __init__(
        self,
        *,
        scheduler: bool = False,
        controllers: bool = False,
        apiserver_flags: Sequence[str] = (),
        feature_gates: Sequence[str] = (),
    ) -> None:
        self._with = {"kube-scheduler": scheduler, "kube-controller-manager": controllers}
        self._apiserver_flags = apiserver_flags
        self._gates = [f"--feature-gates={','.join(feature_gates)}"] if feature_gates else []
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self.token = secrets.token_hex()
        self.authority = Authority()

    def __enter__(self) -> Self:
        self.folder = make_folder()
        try:
            self._write_keys()
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends every process and removes the folder."""
        self._stop_children()
        shutil.rmtree(self.folder)

    @property
    def certificate_authority(self) -> Path:
        """The file with the certificate that the server's is signed by."""
        return self.folder / "ca.crt"

    @property
    def kubeconfig(self) -> Path:
        """The kubeconfig of `admin`, to whom everything is allowed."""
        return self.folder / "kubeconfig"

    def log(self, name: str) -> Path:
        """What a program, such as `kube-apiserver`, has written so far."""
        return self.folder / f"{name}.log"

    def connect(self) -> Api:
        """A connection as `admin` for another thread than the one that has `api`."""
        return Api(self.server, self.certificate_authority, self.token)

    def _write_keys(self) -> None:
        certificate, key = self.authority.issue_server()
        self.certificate_authority.write_bytes(self.authority.pem)
        (self.folder / "server.crt").write_bytes(certificate)
        (self.folder / "server.key").write_bytes(key)
        (self.folder / "service-accounts.key").write_bytes(key_pem(new_key()))
        (self.folder / "tokens.csv").write_text(f'{self.token},admin,1,"system:masters"\n')

    def _start(self) -> None:
        for _ in range(_ATTEMPTS):
            try:
                return self._start_on(components.free_ports())
            except PortTaken:
                self._stop_children()
        raise LabError(f"no free ports in {_ATTEMPTS} attempts")

    def _start_on(self, ports: Ports) -> None:
        self.server = f"https://127.0.0.1:{ports.server}"
        self.etcd = f"http://127.0.0.1:{ports.etcd}"
        ca = self.certificate_authority
        write_kubeconfig(self.kubeconfig, self.server, ca, token=self.token)
        self.api = self.connect()
        self._run("etcd", components.etcd(self.folder, ports))
        apiserver = components.kube_apiserver(self.folder, ports)
        self._run("kube-apiserver", [*apiserver, *self._apiserver_flags, *self._gates])
        wait_for("the API server to be ready", self._is_ready)
        for name, wanted in self._with.items():
            if wanted:
                self._run(name, [*components.CLIENTS[name](self.folder), *self._gates])
        wait_for("the first namespaces", self._is_settled)

    def _run(self, name: str, flags: list[str]) -> None:
        self._children[name] = child.start([program(name), *flags], self.log(name))

    def _is_ready(self) -> bool:
        self._check_children()
        try:
            return bool(self.api.send("GET", "/readyz") == "ok")
        except (ApiError, HTTPException, OSError):
            return False

    def _is_settled(self) -> bool:
        """Whether pods and Leases can be made: pods need this account, which nobody makes without controllers."""
        account = {"metadata": {"name": "default"}}
        try:
            self.api.send("GET", _LEASES)
            self.api.send("POST", _DEFAULT_ACCOUNT, account)
        except ApiError as error:
            return error.code == 409
        return True

    def _check_children(self) -> None:
        for name, running in self._children.items():
            if running.poll() is not None:
                end = child.tail(self.log(name))
                raise (PortTaken if "address already in use" in end else LabError)(
                    f"{name} ended with exit code {running.returncode}:\n{end}"
                )

    def _stop_children(self) -> None:
        if self._children:
            self.api.close()
        for running in self._children.values():
            child.stop(running)
        self._children.clear()


class PortTaken(LabError):
    """Somebody else bound a port between our choice and our use of it."""

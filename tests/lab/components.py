"""The flags that each program of a control plane is started with."""

import socket
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the programs listen on 127.0.0.1."""

    server: int
    etcd: int
    peer: int


def free_ports() -> Ports:
    """Three ports that nobody has right now (somebody may by the time they are bound: then start again)."""
    with ExitStack() as stack:
        listeners = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
        return Ports(*(listener.getsockname()[1] for listener in listeners))


def etcd(folder: Path, ports: Ports) -> list[str]:
    """A store that forgets on a power cut, and is quick for it."""
    client, peer = (f"http://127.0.0.1:{port}" for port in (ports.etcd, ports.peer))
    return [
        f"--data-dir={folder}/etcd",
        "--unsafe-no-fsync",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peer}",
        f"--initial-advertise-peer-urls={peer}",
        f"--initial-cluster=default={peer}",
    ]


def kube_apiserver(folder: Path, ports: Ports) -> list[str]:
    """A server with RBAC, service accounts and admission as it is by default."""
    return [
        f"--etcd-servers=http://127.0.0.1:{ports.etcd}",
        "--bind-address=127.0.0.1",
        f"--secure-port={ports.server}",
        f"--tls-cert-file={folder}/server.crt",
        f"--tls-private-key-file={folder}/server.key",
        f"--client-ca-file={folder}/ca.crt",
        f"--token-auth-file={folder}/tokens.csv",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={folder}/service-accounts.key",
        f"--service-account-signing-key-file={folder}/service-accounts.key",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--authorization-mode=RBAC",
        "--allow-privileged",
    ]


def kube_scheduler(folder: Path) -> list[str]:
    """The scheduler, with no port of its own."""
    return _client(folder)


def kube_controller_manager(folder: Path) -> list[str]:
    """Every controller, quick at the start and quick to see what became of a node."""
    return [
        *_client(folder),
        f"--service-account-private-key-file={folder}/service-accounts.key",
        f"--root-ca-file={folder}/ca.crt",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
        "--node-monitor-period=1s",
    ]


def _client(folder: Path) -> list[str]:
    flags = ("kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig")
    return [f"--{flag}={folder}/kubeconfig" for flag in flags] + [
        "--leader-elect=false",
        "--secure-port=0",
    ]


CLIENTS = {
    "kube-scheduler": kube_scheduler,
    "kube-controller-manager": kube_controller_manager,
}

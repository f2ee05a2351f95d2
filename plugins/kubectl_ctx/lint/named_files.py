"""The files that a cluster or a user names."""

from collections.abc import Iterator

from msgspec import Struct

from kubectl_fieldkit.kubeconfig.model import Cluster, Kubeconfig, User


class NamedFile(Struct, frozen=True):
    """A file, and who names it, in which field; `origin` is the kubeconfig that does."""

    path: str
    field: str
    kind: str
    name: str
    origin: str


def named_files(kubeconfig: Kubeconfig) -> Iterator[NamedFile]:
    """Those of all clusters and users."""
    for name, cluster in kubeconfig.clusters.items():
        yield from _named("Cluster", name, cluster)
    for name, user in kubeconfig.users.items():
        yield from _named("User", name, user)


def _named(kind: str, name: str, entry: Cluster | User) -> Iterator[NamedFile]:
    for field, path in _fields(entry):
        if path:
            yield NamedFile(path, field, kind, name, entry.origin)


def _fields(entry: Cluster | User) -> tuple[tuple[str, str], ...]:
    if isinstance(entry, Cluster):
        return (("certificate-authority", entry.certificate_authority),)
    return (
        ("client-certificate", entry.client_certificate),
        ("client-key", entry.client_key),
        ("tokenFile", entry.token_file),
    )

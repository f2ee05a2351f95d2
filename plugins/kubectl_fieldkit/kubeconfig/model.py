"""A kubeconfig's clusters, users and contexts, and what one connection needs of them."""

from collections.abc import Mapping

from msgspec import Struct


class Secretive(Struct, frozen=True):
    """A value that no log and no traceback shows."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


class Cluster(Secretive, frozen=True):
    """Where an API server is and how it is told apart from an impostor; paths are absolute."""

    server: str = ""
    certificate_authority: str = ""
    certificate_authority_data: bytes = b""
    insecure_skip_tls_verify: bool = False
    tls_server_name: str = ""
    proxy_url: str = ""
    disable_compression: bool = False
    exec_extension: object = None  # client.authentication.k8s.io/exec, for exec plugins
    origin: str = ""  # the file it is defined in


class ExecPlugin(Secretive, frozen=True):
    """A program that gives credentials (client.authentication.k8s.io, v1 or v1beta1)."""

    api_version: str
    command: str
    args: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    install_hint: str = ""
    provide_cluster_info: bool = False
    interactive_mode: str = ""  # Never, IfAvailable, Always; empty is IfAvailable (v1beta1)


class User(Secretive, frozen=True):
    """Who asks; secrets stay out of `repr`, so no log or traceback shows them."""

    token: str = ""
    token_file: str = ""
    client_certificate: str = ""
    client_certificate_data: bytes = b""
    client_key: str = ""
    client_key_data: bytes = b""
    username: str = ""
    password: str = ""
    exec: ExecPlugin | None = None
    auth_provider: str = ""  # its name; no longer supported by kubectl either
    impersonate: str = ""
    impersonate_groups: tuple[str, ...] = ()
    impersonate_uid: str = ""
    impersonate_extra: tuple[tuple[str, tuple[str, ...]], ...] = ()
    origin: str = ""


class Context(Struct, frozen=True):
    """Which user asks which cluster, and where when a command does not say; the first two are names."""

    cluster: str = ""
    user: str = ""
    namespace: str = ""
    origin: str = ""


class Kubeconfig(Struct, frozen=True):
    """What one file says, or several together."""

    clusters: Mapping[str, Cluster]
    users: Mapping[str, User]
    contexts: Mapping[str, Context]
    current_context: str = ""


class Access(Struct, frozen=True):
    """Everything one connection needs: a kubeconfig's words with the flags laid over them.

    `request_timeout` is in seconds, 0 for none. `context` is empty in a cluster and with bare flags.
    `unattended`, where nobody is there to log in, is the seconds that an exec plugin may take; else 0.
    """

    cluster: Cluster
    user: User
    namespace: str = "default"
    context: str = ""
    request_timeout: float = 0.0
    unattended: float = 0.0

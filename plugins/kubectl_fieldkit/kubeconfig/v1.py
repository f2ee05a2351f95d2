"""The file format: client-go's tools/clientcmd/api/v1/types.go, with the fields that a reader needs."""

from typing import Any

from msgspec import Struct, field

from kubectl_fieldkit.kubeconfig.decoding import Base64

EMPTY = Base64()


class NamedExtension(Struct):
    """Whatever a tool keeps in a kubeconfig, under a name of its own."""

    name: str = ""
    extension: Any = None


class Cluster(Struct, rename="kebab"):
    """Where a server is."""

    server: str = ""
    tls_server_name: str = ""
    insecure_skip_tls_verify: bool = False
    certificate_authority: str = ""
    certificate_authority_data: Base64 = EMPTY
    proxy_url: str = ""
    disable_compression: bool = False
    extensions: list[NamedExtension] = []


class EnvVar(Struct):
    """One variable of a plugin's environment."""

    name: str = ""
    value: str = ""


class ExecConfig(Struct, rename="camel"):
    """A program that gives credentials."""

    api_version: str = ""
    command: str = ""
    args: list[str] = []
    env: list[EnvVar] = []
    install_hint: str = ""
    provide_cluster_info: bool = False
    interactive_mode: str = ""


class AuthProvider(Struct):
    """Credentials of a plugin that was once built in."""

    name: str = ""


class AuthInfo(Struct, rename="kebab"):
    """Who asks."""

    client_certificate: str = ""
    client_certificate_data: Base64 = EMPTY
    client_key: str = ""
    client_key_data: Base64 = EMPTY
    token: str = ""
    token_file: str = field(name="tokenFile", default="")
    impersonate: str = field(name="as", default="")
    as_uid: str = ""
    as_groups: list[str] = []
    as_user_extra: dict[str, list[str]] = {}
    username: str = ""
    password: str = ""
    auth_provider: AuthProvider | None = None
    exec: ExecConfig | None = None


class Context(Struct):
    """A cluster, a user and a namespace."""

    cluster: str = ""
    user: str = ""
    namespace: str = ""


class NamedCluster(Struct):
    """A cluster and its name."""

    name: str = ""
    cluster: Cluster = field(default_factory=Cluster)


class NamedAuthInfo(Struct):
    """A user and its name."""

    name: str = ""
    user: AuthInfo = field(default_factory=AuthInfo)


class NamedContext(Struct):
    """A context and its name."""

    name: str = ""
    context: Context = field(default_factory=Context)


class Config(Struct, rename="kebab"):
    """One file."""

    kind: str = ""
    api_version: str = field(name="apiVersion", default="")
    clusters: list[NamedCluster] = []
    users: list[NamedAuthInfo] = []
    contexts: list[NamedContext] = []
    current_context: str = ""

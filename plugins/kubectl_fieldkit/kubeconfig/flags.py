"""kubectl's connection flags, as one value."""

from kubectl_fieldkit.kubeconfig.model import Secretive


class ConnectionFlags(Secretive, frozen=True):
    """What the command line says of the connection; an empty field means the flag was not given.

    `request_timeout` is in seconds, 0 for none, as kubectl reads `--request-timeout`.
    """

    kubeconfig: str = ""
    context: str = ""
    cluster: str = ""
    user: str = ""
    namespace: str = ""
    server: str = ""
    token: str = ""
    impersonate: str = ""
    impersonate_groups: tuple[str, ...] = ()
    impersonate_uid: str = ""
    impersonate_extra: tuple[str, ...] = ()  # KEY=VALUE, as --as-user-extra takes it
    certificate_authority: str = ""
    client_certificate: str = ""
    client_key: str = ""
    insecure_skip_tls_verify: bool = False
    tls_server_name: str = ""
    disable_compression: bool = False
    request_timeout: float = 0.0

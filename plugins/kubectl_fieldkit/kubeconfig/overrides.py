"""Flags laid over a kubeconfig's cluster and user: client-go's tools/clientcmd/client_config.go."""

from msgspec.structs import replace

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.model import Cluster, User


def override_cluster(cluster: Cluster, flags: ConnectionFlags) -> Cluster:
    """The cluster with the flags' say: another server has no use for the kubeconfig's TLS server name."""
    if flags.server:
        cluster = replace(cluster, server=flags.server, tls_server_name="")
    if flags.disable_compression:
        cluster = replace(cluster, disable_compression=True)
    if flags.tls_server_name:
        cluster = replace(cluster, tls_server_name=flags.tls_server_name)
    if not flags.insecure_skip_tls_verify and not flags.certificate_authority:
        return cluster
    return replace(
        cluster,
        insecure_skip_tls_verify=flags.insecure_skip_tls_verify,
        certificate_authority=_absolute(flags.certificate_authority),
        certificate_authority_data=b"",
    )


def override_user(user: User, flags: ConnectionFlags) -> User:
    """The user with the flags' say; a token file still beats `--token`, as it does in kubectl."""
    if flags.client_certificate:
        certificate = _absolute(flags.client_certificate)
        user = replace(user, client_certificate=certificate, client_certificate_data=b"")
    if flags.client_key:
        user = replace(user, client_key=_absolute(flags.client_key), client_key_data=b"")
    extra = dict(user.impersonate_extra) | _extra(flags.impersonate_extra)
    return replace(
        user,
        token=flags.token or user.token,
        impersonate=flags.impersonate or user.impersonate,
        impersonate_groups=flags.impersonate_groups or user.impersonate_groups,
        impersonate_uid=flags.impersonate_uid or user.impersonate_uid,
        impersonate_extra=tuple(extra.items()),
    )


def _extra(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    extra: dict[str, tuple[str, ...]] = {}
    for word in words:
        key, separator, value = word.partition("=")
        if not separator:
            raise UsageError(f'--as-user-extra "{word}" is not KEY=VALUE')
        extra[key] = (*extra.get(key, ()), value)
    return extra


def _absolute(path: str) -> str:
    from pathlib import Path

    return str(Path(path).absolute()) if path else ""

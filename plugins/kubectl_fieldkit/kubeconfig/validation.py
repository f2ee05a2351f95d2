"""What makes a cluster or a user unusable: client-go's tools/clientcmd/validation.go, in its words."""

from collections.abc import Iterator

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.model import Cluster, ExecPlugin, User

INTERACTIVE_MODES = ("Never", "IfAvailable", "Always")


def validate(user_name: str, user: User, cluster_name: str, cluster: Cluster) -> None:
    """Refuses what client-go refuses, with everything that is wrong at once."""
    wrong = [*_user_errors(user_name, user), *_cluster_errors(cluster_name, cluster)]
    if len(wrong) == 1:
        raise KubeconfigError(wrong[0])
    if wrong:
        raise KubeconfigError(f"invalid configuration: [{', '.join(wrong)}]")


def _cluster_errors(name: str, cluster: Cluster) -> Iterator[str]:
    if cluster.certificate_authority and cluster.certificate_authority_data:
        yield (
            "certificate-authority-data and certificate-authority are both specified "
            f"for {name}. certificate-authority-data will override."
        )
    yield from _unreadable("certificate-authority", cluster.certificate_authority, name)
    has_authority = cluster.certificate_authority or cluster.certificate_authority_data
    if has_authority and cluster.insecure_skip_tls_verify:  # transport/transport.go
        yield "specifying a root certificates file with the insecure flag is not allowed"


def _user_errors(name: str, user: User) -> Iterator[str]:
    if user.client_certificate or user.client_certificate_data:
        yield from _certificate_errors(name, user)
    if user.exec:
        if user.auth_provider:
            yield f"authProvider cannot be provided in combination with an exec plugin for {name}"
        yield from _exec_errors(name, user.exec)
    if user.token and (user.username or user.password):
        yield (
            f"more than one authentication method found for {name}; "
            "found [token basicAuth], only one is allowed"
        )
    elif user.token_file and user.username:  # transport/round_trippers.go
        yield "username/password or bearer token may be set, but not both"
    detailed = user.impersonate_uid or user.impersonate_groups or user.impersonate_extra
    if detailed and not user.impersonate:
        yield f"requesting uid, groups or user-extra for {name} without impersonating a user"


def _certificate_errors(name: str, user: User) -> Iterator[str]:
    if user.client_certificate and user.client_certificate_data:
        yield (
            f"client-cert-data and client-cert are both specified for {name}. "
            "client-cert-data will override."
        )
    if user.client_key and user.client_key_data:
        yield (
            f"client-key-data and client-key are both specified for {name}; "
            "client-key-data will override"
        )
    if not user.client_key and not user.client_key_data:
        yield (
            f"client-key-data or client-key must be specified for {name} "
            "to use the clientCert authentication method."
        )
    yield from _unreadable("client-cert", user.client_certificate, name)
    yield from _unreadable("client-key", user.client_key, name)


def _exec_errors(name: str, plugin: ExecPlugin) -> Iterator[str]:
    purpose = f"must be specified for {name} to use exec authentication plugin"
    if not plugin.command:
        yield f"command {purpose}"
    if not plugin.api_version:
        yield f"apiVersion {purpose}"
    if any(not variable for variable, _ in plugin.env):
        yield f"env variable name {purpose}"
    if not plugin.interactive_mode:
        yield f"interactiveMode {purpose}"
    elif plugin.interactive_mode not in INTERACTIVE_MODES:
        yield f'invalid interactiveMode for {name}: "{plugin.interactive_mode}"'


def _unreadable(what: str, path: str, name: str) -> Iterator[str]:
    if not path:
        return
    try:
        with open(path, "rb"):  # noqa: PTH123
            return
    except OSError as err:
        reason = (err.strerror or "").lower()
        yield f"unable to read {what} {path} for {name} due to open {path}: {reason}"

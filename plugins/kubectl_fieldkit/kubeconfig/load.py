"""Reads one kubeconfig file: client-go's tools/clientcmd/loader.go, LoadFromFile and ResolveLocalPaths."""

import os.path
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig import v1
from kubectl_fieldkit.kubeconfig.decoding import decode
from kubectl_fieldkit.kubeconfig.model import Cluster, Context, ExecPlugin, Kubeconfig, User

T = TypeVar("T")

EXEC_EXTENSION = "client.authentication.k8s.io/exec"
SETTLING_SECONDS = 0.05


def load_file(path: str) -> Kubeconfig:
    """What the file says, with relative paths made absolute against its folder.

    Raises FileNotFoundError when there is none, for the caller to judge.
    """
    try:
        return read_settled(lambda: read_bytes(path), lambda data: parse(data, path))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as err:
        raise failure(path, err) from err


def failure(path: str, err: OSError | ValueError) -> KubeconfigError:
    """Why the file cannot be loaded, in kubectl's words."""
    reason = str(err)
    if isinstance(err, IsADirectoryError):
        reason = f"read {path}: is a directory"
    elif isinstance(err, OSError):
        reason = f"open {path}: {(err.strerror or '').lower()}"
    return KubeconfigError(f'error loading config file "{path}": {reason}')


def read_bytes(path: str) -> bytes:
    """The file's bytes; importing pathlib takes ten times as long as a switch takes to read them."""
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def read_settled(read: Callable[[], bytes], understand: Callable[[bytes], T]) -> T:
    """Reads once more what is empty or broken: kubectl empties a kubeconfig before it rewrites it."""
    data = read()
    try:
        if data:
            return understand(data)
    except (KeyError, ValueError):
        time.sleep(SETTLING_SECONDS)
        if (settled := read()) == data:
            raise
        return understand(settled)
    time.sleep(SETTLING_SECONDS)
    return understand(read())


def parse(data: bytes, path: str) -> Kubeconfig:
    """The text of a kubeconfig as if it were in the file at `path`. Raises ValueError with the reason."""
    config = decode(data, v1.Config)
    if config.kind not in ("", "Config") or config.api_version not in ("", "v1"):
        kind, version = config.kind or "Config", config.api_version or "v1"
        raise ValueError(f'no kind "{kind}" is registered for version "{version}"')
    folder = os.path.abspath(os.path.dirname(path))  # noqa: PTH100, PTH120
    clusters = ((named.name, _cluster(named.cluster, folder, path)) for named in config.clusters)
    users = ((named.name, _user(named.user, folder, path)) for named in config.users)
    contexts = ((named.name, _context(named.context, path)) for named in config.contexts)
    return Kubeconfig(
        clusters=_unique("clusters", clusters),
        users=_unique("users", users),
        contexts=_unique("contexts", contexts),
        current_context=config.current_context,
    )


def _unique(section: str, named: Iterable[tuple[str, T]]) -> dict[str, T]:
    stanzas: dict[str, T] = {}
    for name, stanza in named:
        if name in stanzas:
            raise ValueError(f'duplicate name "{name}" in list of {section}')
        stanzas[name] = stanza
    return stanzas


def _context(context: v1.Context, origin: str) -> Context:
    return Context(context.cluster, context.user, context.namespace, origin)


def _cluster(cluster: v1.Cluster, folder: str, origin: str) -> Cluster:
    extensions = _unique("extensions", ((item.name, item.extension) for item in cluster.extensions))
    return Cluster(
        server=cluster.server,
        certificate_authority=_absolute(cluster.certificate_authority, folder),
        certificate_authority_data=bytes(cluster.certificate_authority_data),
        insecure_skip_tls_verify=cluster.insecure_skip_tls_verify,
        tls_server_name=cluster.tls_server_name,
        proxy_url=cluster.proxy_url,
        disable_compression=cluster.disable_compression,
        exec_extension=extensions.get(EXEC_EXTENSION),
        origin=origin,
    )


def _user(user: v1.AuthInfo, folder: str, origin: str) -> User:
    return User(
        token=user.token,
        token_file=_absolute(user.token_file, folder),
        client_certificate=_absolute(user.client_certificate, folder),
        client_certificate_data=bytes(user.client_certificate_data),
        client_key=_absolute(user.client_key, folder),
        client_key_data=bytes(user.client_key_data),
        username=user.username,
        password=user.password,
        exec=_exec_plugin(user.exec, folder) if user.exec else None,
        auth_provider=user.auth_provider.name if user.auth_provider else "",
        impersonate=user.impersonate,
        impersonate_groups=tuple(user.as_groups),
        impersonate_uid=user.as_uid,
        impersonate_extra=tuple((key, tuple(values)) for key, values in user.as_user_extra.items()),
        origin=origin,
    )


def _exec_plugin(plugin: v1.ExecConfig, folder: str) -> ExecPlugin:
    """Only a command with a folder in it is a path; a bare one is looked for in PATH."""
    is_path = os.sep in plugin.command
    return ExecPlugin(
        api_version=plugin.api_version,
        command=_absolute(plugin.command, folder) if is_path else plugin.command,
        args=tuple(plugin.args),
        env=tuple((variable.name, variable.value) for variable in plugin.env),
        install_hint=plugin.install_hint,
        provide_cluster_info=plugin.provide_cluster_info,
        interactive_mode=plugin.interactive_mode or _default_mode(plugin.api_version),
    )


def _default_mode(api_version: str) -> str:
    """The mode of a plugin that names none: client-go's api/v1/defaults.go."""
    return "IfAvailable" if api_version.endswith(("/v1beta1", "/v1alpha1")) else ""


def _absolute(path: str, folder: str) -> str:
    """The path as Go's filepath.Join has it, `..` resolved by the letter, which pathlib does not do."""
    if "\0" in path:
        raise ValueError("a path holds a NUL character")
    if not path or os.path.isabs(path):  # noqa: PTH117
        return path
    return os.path.normpath(os.path.join(folder, path))  # noqa: PTH118

"""Credentials from a program: client-go's plugin/pkg/client/auth/exec/exec.go."""

import math
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Raw, Struct, json

from kubectl_fieldkit.errors import CredentialsError
from kubectl_fieldkit.kubeconfig.credentials import Credentials
from kubectl_fieldkit.kubeconfig.decoding import decode
from kubectl_fieldkit.kubeconfig.model import Cluster, ExecPlugin
from kubectl_fieldkit.kubeconfig.unattended import run_unattended
from kubectl_fieldkit.process import find_program, run

GROUP = "client.authentication.k8s.io"
API_VERSIONS = (f"{GROUP}/v1", f"{GROUP}/v1beta1")


class _Status(Struct, rename="camel"):
    token: str = ""
    client_certificate_data: str = ""
    client_key_data: str = ""
    expiration_timestamp: Annotated[datetime, Meta(tz=True)] | None = None


class _ExecCredential(Struct, rename="camel"):
    kind: str = ""
    api_version: str = ""
    status: _Status | None = None


def run_plugin(
    plugin: ExecPlugin, cluster: Cluster, environ: Mapping[str, str], unattended: float = 0.0
) -> tuple[Credentials, float]:
    """What the plugin gives, and the moment in seconds since the epoch that it is stale after.

    There is no time bound: it may be waiting for a browser or for a password. Where nobody is there
    for that, `unattended` is the seconds that it may take.
    """
    if plugin.api_version not in API_VERSIONS:
        hint = f"set apiVersion {API_VERSIONS[0]}, and see that the plugin is new enough for it"
        raise CredentialsError(f'exec plugin: invalid apiVersion "{plugin.api_version}"', hint)
    interactive = not unattended and _is_interactive(plugin)
    if unattended and plugin.interactive_mode == "Always":
        raise _failure("exec plugin wants somebody to log in: its interactiveMode is Always")
    info = _exec_info(plugin, cluster, interactive)
    added = dict(plugin.env) | {"KUBERNETES_EXEC_INFO": info}
    command = [_program(plugin, environ), *plugin.args]
    try:
        if unattended:
            code, stdout = run_unattended(command, environ, added, unattended)
        else:
            ran = run(command, environ, added=added, stdin=interactive)
            code, stdout = ran.returncode, ran.stdout
    except TimeoutError as err:
        raise _failure(f"exec plugin timed out: {err}") from err
    except (OSError, ValueError) as err:
        reason = str(getattr(err, "strerror", None) or err).lower()
        raise _failure(f"exec: fork/exec {plugin.command}: {reason}", plugin.install_hint) from err
    if code:
        end = "failed with exit code" if code > 0 else "was ended by signal"
        raise _failure(f"exec: executable {plugin.command} {end} {abs(code)}")
    return _credentials(stdout, plugin.api_version)


def _failure(message: str, hint: str = "") -> CredentialsError:
    return CredentialsError(f"getting credentials: {message}", " ".join(hint.split()))


def _program(plugin: ExecPlugin, environ: Mapping[str, str]) -> str:
    if os.sep in plugin.command:
        return plugin.command
    program = find_program(plugin.command, environ)
    if program is None:
        hint = plugin.install_hint or "it is the credential plugin that the kubeconfig names"
        raise _failure(f"exec: executable {plugin.command} not found", hint)
    return program


def _is_interactive(plugin: ExecPlugin) -> bool:
    """Whether the plugin gets the user's stdin."""
    is_terminal = os.isatty(0)
    if plugin.interactive_mode == "Always" and not is_terminal:
        message = "exec plugin cannot support interactive mode: standard input is not a terminal"
        raise _failure(message)
    return plugin.interactive_mode != "Never" and is_terminal


def _exec_info(plugin: ExecPlugin, cluster: Cluster, interactive: bool) -> str:
    """The ExecCredential that the plugin finds in KUBERNETES_EXEC_INFO."""
    spec: dict[str, object] = {"interactive": interactive}
    if plugin.provide_cluster_info:
        spec = {"cluster": _cluster_info(cluster), **spec}
    question = {"kind": "ExecCredential", "apiVersion": plugin.api_version, "spec": spec}
    return json.encode(question).decode() + "\n"


def _cluster_info(cluster: Cluster) -> dict[str, object]:
    """The cluster as client-go's rest/exec.go describes it; what is not set is left out."""
    authority = cluster.certificate_authority_data
    if not authority and cluster.certificate_authority:
        authority = Path(cluster.certificate_authority).read_bytes()
    info: dict[str, object] = {
        "server": cluster.server,
        "tls-server-name": cluster.tls_server_name,
        "insecure-skip-tls-verify": cluster.insecure_skip_tls_verify,
        "certificate-authority-data": authority,
        "proxy-url": cluster.proxy_url,
        "disable-compression": cluster.disable_compression,
    }
    set_fields = {name: value for name, value in info.items() if value}
    config = json.encode(cluster.exec_extension, order="deterministic")
    return set_fields | {"config": Raw(config)}


def _credentials(stdout: bytes, api_version: str) -> tuple[Credentials, float]:
    try:
        answer = decode(stdout, _ExecCredential)
    except ValueError as err:
        raise _failure(f"decoding stdout: {err}") from err
    _check_version(answer, api_version)
    status = answer.status
    if status is None:
        raise _failure("exec plugin didn't return a status field")
    if bool(status.client_certificate_data) != bool(status.client_key_data):
        raise _failure("exec plugin returned only certificate or key, not both")
    if not status.token and not status.client_key_data:
        raise _failure("exec plugin didn't return a token or cert/key pair")
    credentials = Credentials(
        token=status.token,
        certificate=status.client_certificate_data.encode(),
        key=status.client_key_data.encode(),
    )
    expiry = status.expiration_timestamp
    return credentials, expiry.timestamp() if expiry else math.inf


def _check_version(answer: _ExecCredential, api_version: str) -> None:
    given = answer.api_version
    if not answer.kind:
        raise _failure("decoding stdout: object 'kind' is missing")
    if answer.kind != "ExecCredential" or given not in API_VERSIONS:
        message = f'no kind "{answer.kind}" is registered for version "{given}"'
        raise _failure(f"decoding stdout: {message}")
    if given != api_version:
        message = f"exec plugin is configured to use API version {api_version}"
        raise _failure(f"{message}, plugin returned version {given}")

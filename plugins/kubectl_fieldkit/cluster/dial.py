"""A connection to the API server: TCP or a proxy's tunnel, and TLS over it."""

import socket
import ssl
import time
from collections.abc import Mapping

from kubectl_fieldkit.cluster import failures
from kubectl_fieldkit.cluster.address import Address, host_name
from kubectl_fieldkit.cluster.http1 import left
from kubectl_fieldkit.cluster.proxy import Proxy
from kubectl_fieldkit.cluster.tcp import connect
from kubectl_fieldkit.cluster.tls import server_context
from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.credentials import Credentials
from kubectl_fieldkit.kubeconfig.model import Cluster

CONNECT_TIMEOUT = 30.0  # client-go's dialer has the same
HANDSHAKE_TIMEOUT = 10.0  # and its transport this one


def dial(
    address: Address,
    proxy: Proxy | None,
    cluster: Cluster,
    credentials: Credentials,
    environ: Mapping[str, str],
    deadline: float,
    context: ssl.SSLContext | None = None,
) -> socket.socket:
    """The connection, ready for HTTP, or ConnectionFailed; a context that was made before saves its making."""
    if address.scheme == "http":
        return _transport(address, proxy, cluster, environ, deadline)
    name = _server_name(cluster, address)
    context = context or server_context(cluster, credentials, environ)
    sock = _transport(address, proxy, cluster, environ, deadline)
    try:
        sock.settimeout(min(left(deadline), HANDSHAKE_TIMEOUT))
        if isinstance(sock, ssl.SSLSocket):
            return _nested(sock, context, name)
        return context.wrap_socket(sock, server_hostname=name.encode())
    except OSError as err:
        sock.close()
        raise failures.handshake_failed(err, name, address) from err


def _server_name(cluster: Cluster, address: Address) -> str:
    name = cluster.tls_server_name or address.host
    try:
        return host_name(name)
    except ValueError as err:
        raise KubeconfigError(f'tls-server-name "{name}" is no name of a server') from err


def _transport(
    address: Address,
    proxy: Proxy | None,
    cluster: Cluster,
    environ: Mapping[str, str],
    deadline: float,
) -> socket.socket:
    deadline = min(deadline, time.monotonic() + CONNECT_TIMEOUT)
    if proxy:
        from kubectl_fieldkit.cluster.tunnel import reach, tunnel

        if proxy.forwards(address):
            return reach(proxy, cluster, environ, deadline)
        return tunnel(proxy, address, cluster, environ, deadline)
    try:
        return connect(address.host, address.port, deadline)
    except OSError as err:
        raise failures.dial_failed(err, address) from err


def _nested(sock: ssl.SSLSocket, context: ssl.SSLContext, name: str) -> socket.socket:
    """TLS to the server inside the TLS to an https proxy."""
    from typing import cast

    from urllib3.util.ssltransport import SSLTransport

    return cast(socket.socket, SSLTransport(sock, context, name))

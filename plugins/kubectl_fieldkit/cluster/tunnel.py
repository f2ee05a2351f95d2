"""A TCP connection by way of a proxy: CONNECT to http and https proxies, SOCKS 5."""

import socket
from collections.abc import Mapping

from kubectl_fieldkit.cluster import failures
from kubectl_fieldkit.cluster.address import Address
from kubectl_fieldkit.cluster.headers import proxy_headers, written
from kubectl_fieldkit.cluster.http1 import Channel, NotHttp, Truncated, left
from kubectl_fieldkit.cluster.proxy import Proxy
from kubectl_fieldkit.cluster.tcp import connect
from kubectl_fieldkit.errors import ConnectionFailed, KubeconfigError
from kubectl_fieldkit.kubeconfig.model import Cluster


def tunnel(
    proxy: Proxy, address: Address, cluster: Cluster, environ: Mapping[str, str], deadline: float
) -> socket.socket:
    """A connection to the address that the proxy made, or ConnectionFailed in the proxy's name."""
    if proxy.scheme.startswith("socks5"):
        return _socks(proxy, address, deadline)
    sock = reach(proxy, cluster, environ, deadline)
    try:
        _connect(sock, proxy, address, deadline)
    except ConnectionFailed:
        sock.close()
        raise
    return sock


def reach(
    proxy: Proxy, cluster: Cluster, environ: Mapping[str, str], deadline: float
) -> socket.socket:
    """A connection to an http or https proxy itself, or ConnectionFailed."""
    try:
        sock = connect(proxy.host, proxy.port, deadline)
        return sock if proxy.scheme == "http" else _wrapped(sock, proxy, cluster, environ)
    except OSError as err:
        raise failures.proxy_failed(err, proxy) from err


def _wrapped(
    sock: socket.socket, proxy: Proxy, cluster: Cluster, environ: Mapping[str, str]
) -> socket.socket:
    from kubectl_fieldkit.cluster.tls import proxy_context

    try:
        return proxy_context(cluster, environ).wrap_socket(
            sock, server_hostname=proxy.host.encode()
        )
    except (OSError, KubeconfigError):
        sock.close()
        raise


def _connect(sock: socket.socket, proxy: Proxy, address: Address, deadline: float) -> None:
    head = [("Host", address.target), *proxy_headers(proxy)]
    request = written("CONNECT", address.target, head)
    try:
        answer = Channel(sock).exchange(request, deadline, bodiless=True)
    except (OSError, NotHttp, Truncated) as err:
        raise failures.proxy_failed(err, proxy) from err
    if answer.status != 200:
        raise failures.proxy_refused(answer, proxy)


def _socks(proxy: Proxy, address: Address, deadline: float) -> socket.socket:
    """As Go does, the proxy looks the name up, whether it is called socks5 or socks5h."""
    import python_socks
    from python_socks.sync import Proxy as Socks

    user, password = proxy.username or None, proxy.password or None
    socks = Socks(python_socks.ProxyType.SOCKS5, proxy.host, proxy.port, user, password, rdns=True)
    try:
        return socks.connect(address.host, address.port, timeout=left(deadline))
    except (OSError, python_socks.ProxyError) as err:
        raise failures.proxy_failed(err, proxy) from err

"""GETs to a port of a pod by way of the API server: a port-forward without a local listener."""

import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from kubectl_fieldkit.cluster import failures
from kubectl_fieldkit.cluster.address import Address, address_of
from kubectl_fieldkit.cluster.answers import refusal
from kubectl_fieldkit.cluster.dial import dial
from kubectl_fieldkit.cluster.escaping import escaped
from kubectl_fieldkit.cluster.headers import Header, authorization, standing_headers, written
from kubectl_fieldkit.cluster.http1 import Channel, NotHttp, Response, Truncated
from kubectl_fieldkit.cluster.proxy import find_proxy
from kubectl_fieldkit.cluster.tls import server_context
from kubectl_fieldkit.cluster.tunnel import tunnel
from kubectl_fieldkit.errors import ConnectionFailed, FieldkitError
from kubectl_fieldkit.kubeconfig.credentials import CredentialSource
from kubectl_fieldkit.kubeconfig.model import Access

if TYPE_CHECKING:
    from websocket import WebSocketBadStatusException

    from kubectl_fieldkit.cluster.websocket import Forward

PROXY_HINT = "proxies and load balancers before an API server must let WebSockets through"
# What an API server says to a port-forward whose Upgrade header got lost on the way to it.
NOT_UPGRADED = ("Upgrade request required", "unable to upgrade")


class NotForwarded(FieldkitError):
    """The way to the node is there, and the port is not: the kubelet's own words."""


class NoUpgrade(FieldkitError):
    """Something between us and the API server does not let WebSockets through."""


class PortForwards:
    """Forwards to many pods, one after another or side by side: what they share is made once.

    That is the TLS context, and the credentials: an exec plugin runs once.
    """

    def __init__(self, access: Access, environ: Mapping[str, str]) -> None:
        self._address = address_of(access.cluster)
        self._cluster = access.cluster
        self._environ = environ
        self._proxy = find_proxy(self._address, access.cluster.proxy_url, environ)
        self._credentials = CredentialSource(access, environ).current()
        self._headers = standing_headers(self._address.authority, access.user, gzip=False)
        self._context = None
        if self._address.scheme == "https":
            self._headers += authorization(self._credentials)
            self._context = server_context(access.cluster, self._credentials, environ)

    def get(
        self, namespace: str, pod: str, port: int, paths: Sequence[str], timeout: float
    ) -> list[Response]:
        """What the pod answers to each path, all asked at once over one connection.

        ServerError for the API server's no, NotForwarded for the kubelet's, NoUpgrade for a proxy's,
        ConnectionFailed for silence.
        """
        deadline = time.monotonic() + timeout
        from websocket import WebSocketException

        with closing(self._open(namespace, pod, port, deadline)) as forward:
            channel = Channel(forward)
            requests = b"".join(_request(path, port) for path in paths)
            try:
                first = channel.exchange(requests, deadline)
                return [first, *(channel.exchange(b"", deadline) for _ in paths[1:])]
            except (OSError, NotHttp, Truncated, WebSocketException) as err:
                if forward.words:
                    raise NotForwarded(forward.words) from err
                raise _cut(err, self._address) from err

    def _open(self, namespace: str, pod: str, port: int, deadline: float) -> "Forward":
        from websocket import WebSocketBadStatusException, WebSocketException

        from kubectl_fieldkit.cluster.websocket import Forward

        path = f"/api/v1/namespaces/{escaped(namespace)}/pods/{escaped(pod)}"
        scheme = {"https": "wss", "http": "ws"}[self._address.scheme]
        url = f"{scheme}://{self._address.authority}{self._address.path}{path}/portforward?ports={port}"
        sock = self._dial(deadline)
        try:
            return Forward(sock, url, _lines(self._headers), deadline)
        except WebSocketBadStatusException as err:
            raise _refused(err) from err
        except (OSError, WebSocketException) as err:
            raise _cut(err, self._address) from err

    def _dial(self, deadline: float) -> socket.socket:
        address, proxy, cluster = self._address, self._proxy, self._cluster
        if proxy and proxy.forwards(address):  # a request passed on is no connection to be upgraded
            return tunnel(proxy, address, cluster, self._environ, deadline)
        return dial(
            *(address, proxy, cluster, self._credentials, self._environ, deadline, self._context)
        )


def _cut(err: Exception, address: Address) -> ConnectionFailed:
    from websocket import WebSocketTimeoutException

    if isinstance(err, WebSocketTimeoutException):
        err = TimeoutError(str(err))
    known = isinstance(err, OSError | NotHttp | Truncated)
    return failures.exchange_failed(err if known else Truncated(silent=False), address)


def _refused(err: "WebSocketBadStatusException") -> FieldkitError:
    """The API server's no, or that of what stands before it and knows no WebSockets."""
    headers, body = err.resp_headers or {}, err.resp_body or b""
    answer = Response(err.status_code, err.status_message or "", headers, body, len(body))
    no = refusal(answer, "get pods/portforward")
    lost = any(words in no.message for words in NOT_UPGRADED)
    if lost or not body.lstrip().startswith(b'{"kind":"Status"'):
        said = f"{answer.status} {answer.reason}".rstrip()
        return NoUpgrade(f"no WebSocket to the API server: {said}", PROXY_HINT)
    return no


def _request(path: str, port: int) -> bytes:
    host = ("Host", f"localhost:{port}")
    return written("GET", path, [host, ("Accept", "*/*"), ("Accept-Encoding", "gzip")])


def _lines(headers: Sequence[Header]) -> list[str]:
    """The headers of the request for the stream; the names of forms of answer are not for it."""
    kept = [(name, value) for name, value in headers if not name.startswith("Accept")]
    return written("", "", kept).decode().split("\r\n")[1:-2]

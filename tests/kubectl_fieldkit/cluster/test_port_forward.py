"""Port-forwards past what kubelets and proxies should not do: on a listener that speaks the protocol by hand."""

import base64
import hashlib
import socket
import time
from itertools import count

import pytest

from kubectl_fieldkit.cluster.port_forward import NotForwarded, NoUpgrade, PortForwards
from kubectl_fieldkit.errors import ConnectionFailed
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User
from tests.kubectl_fieldkit.cluster.listener import Listener, Serve, answer, requests, saying

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455
PING, BINARY = 0x89, 0x82
PORTS = (b"\0\x09\x28", b"\1\x09\x28")  # what a kubelet says first on both channels: 10249
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def frame(kind: int, payload: bytes = b"") -> bytes:
    """A frame as a server sends it."""
    return bytes([kind, len(payload)]) + payload


def accepting(connection: socket.socket) -> None:
    """The answer to the upgrade."""
    head = next(requests(connection))
    key = next(line for line in head.split("\r\n") if line.startswith("Sec-WebSocket-Key: "))
    digest = hashlib.sha1((key.partition(": ")[2] + MAGIC).encode(), usedforsecurity=False)
    accept = base64.b64encode(digest.digest()).decode()
    lines = ("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade")
    more = (f"Sec-WebSocket-Accept: {accept}", "Sec-WebSocket-Protocol: v4.channel.k8s.io")
    connection.sendall("\r\n".join((*lines, *more, "", "")).encode())


def sending(*frames: bytes) -> Serve:
    """A server that upgrades, and sends these whatever it is asked."""

    def serve(connection: socket.socket, _: int) -> None:
        accepting(connection)
        connection.sendall(b"".join(frames))
        while connection.recv(65536):
            pass

    return serve


def pinging(connection: socket.socket, _: int) -> None:
    """Says that it is alive, again and again, and nothing else."""
    accepting(connection)
    for _ in count():
        connection.sendall(frame(PING))
        time.sleep(0.05)


def trickling(connection: socket.socket, _: int) -> None:
    """A long message, a byte at a time."""
    accepting(connection)
    connection.sendall(bytes([BINARY, 127]) + (1 << 20).to_bytes(8))
    for _ in count():
        connection.sendall(b"x")
        time.sleep(0.05)


def get(serve: Serve, timeout: float = 20.0) -> bytes:
    """What the pod behind such a server answers."""
    with Listener(serve) as listener:
        access = Access(Cluster(f"http://{listener.authority}"), User())
        (response,) = PortForwards(access, {}).get("ns", "pod", 10249, ["/proxyMode"], timeout)
    return response.body


def data(text: bytes) -> bytes:
    """A piece of the port's answer."""
    return frame(BINARY, b"\0" + text)


def test_an_answer_may_come_in_pieces_between_pings() -> None:
    """Empty messages too; the ports' numbers come first."""
    ports = [frame(BINARY, port) for port in PORTS]
    length = b"Content-Length: 4\r\n\r\n"
    pieces = [data(HEAD), frame(BINARY), frame(PING, b"?"), data(b""), data(length), data(b"ipvs")]
    assert get(sending(*ports, *pieces)) == b"ipvs"


@pytest.mark.parametrize("serve", [pinging, trickling])
def test_a_server_that_keeps_the_stream_busy_ends_at_the_deadline(serve: Serve) -> None:
    """Each wait is short, and there would be no end of them."""
    with pytest.raises(ConnectionFailed, match="timed out waiting for an answer"):
        get(serve, timeout=0.5)


@pytest.mark.parametrize("body", [b"", b"\r\nipvs"])
def test_an_error_of_the_kubelet_is_no_end_of_an_answer(body: bytes) -> None:
    """However much of one has come before it."""
    ports = [frame(BINARY, port) for port in PORTS]
    error = frame(BINARY, b"\1error forwarding port 10249 to pod pod")
    with pytest.raises(NotForwarded, match=r"^error forwarding port 10249 to pod pod"):
        get(sending(*ports, data(HEAD + body), error))


@pytest.mark.parametrize("status", ["302 Found", "307 Temporary Redirect", "200 OK"])
def test_what_is_no_upgrade_is_told_with_its_status(status: str) -> None:
    """A login page in front of the API server, for one: nobody follows it with the credentials."""
    page = answer(status, "", "Location: https://login.example.com/")
    with pytest.raises(NoUpgrade, match=f"no WebSocket to the API server: {status[:3]}") as told:
        get(saying(page))
    assert "proxies and load balancers" in told.value.hint

"""Responses as they may come over the wire, through a real socket pair."""

import gzip
import socket
import time
from collections.abc import Iterator

import pytest

from kubectl_fieldkit.cluster.http1 import Channel, Truncated

CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ZIPPED = gzip.compress(b"zipped", mtime=0)


@pytest.fixture
def ends() -> Iterator[tuple[Channel, socket.socket]]:
    """A channel, and the server's end of it."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


def exchange(channel: Channel) -> tuple[int, str, bytes, bool]:
    """Status, reason, body, and whether the connection is still good."""
    response = channel.exchange(b"GET / HTTP/1.1\r\n\r\n", time.monotonic() + 30)
    return response.status, response.reason, response.body, channel.reusable


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", (200, "OK", b"ok", True)),
        (b"HTTP/1.1 200\r\ncontent-length:2\r\n\r\nok", (200, "", b"ok", True)),
        (b"HTTP/1.1 204 None\r\nContent-Length: 0\r\n\r\n", (204, "None", b"", True)),
        (b"HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", (200, "OK", b"", True)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: Close\r\n\r\nok", (200, "OK", b"ok", False)),
        (b"HTTP/1.0 200 OK\r\n\r\nto the end", (200, "OK", b"to the end", False)),
        (CHUNKS + b"5\r\nfirst\r\nA;x=y\r\n and secon\r\n0\r\n\r\n", (200, "OK", b"first and secon", True)),
        (CHUNKS + b"2\r\nok\r\n0\r\nTrailer: x\r\n\r\n", (200, "OK", b"ok", True)),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s" % (len(ZIPPED), ZIPPED), (200, "OK", b"zipped", True)),
    ],
)  # fmt: skip
def test_what_is_heard(
    ends: tuple[Channel, socket.socket], said: bytes, heard: tuple[int, str, bytes, bool]
) -> None:
    """Every way to say where a body ends is understood."""
    channel, server = ends
    server.sendall(said)
    server.shutdown(socket.SHUT_WR)
    assert exchange(channel) == heard


def test_two_answers_on_one_connection(ends: tuple[Channel, socket.socket]) -> None:
    """Each request gets the answer that belongs to it."""
    channel, server = ends
    server.sendall(CHUNKS + b"3\r\none\r\n0\r\n\r\n")
    server.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 3\r\n\r\ntwo")
    assert exchange(channel) == (200, "OK", b"one", True)
    assert exchange(channel) == (404, "No", b"two", True)


@pytest.mark.parametrize(
    ("said", "silent"),
    [
        (b"", True),
        (b"HTTP/1.1 2", False),
        (b"HTTP/1.1 200 OK\r\nContent-", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok", False),
        (CHUNKS, False),
        (CHUNKS + b"5\r\nfir", False),
        (CHUNKS + b"5\r\nfirst\r\n", False),
        (CHUNKS + b"5\r\nfirst\r\n0\r\n", False),
    ],
)
def test_what_is_cut_off(ends: tuple[Channel, socket.socket], said: bytes, silent: bool) -> None:
    """A response that ends too early is never taken for a whole one."""
    channel, server = ends
    server.sendall(said)
    server.shutdown(socket.SHUT_WR)
    with pytest.raises(Truncated, match=r"^unexpected EOF$") as caught:
        exchange(channel)
    assert caught.value.silent is silent
    assert not channel.reusable

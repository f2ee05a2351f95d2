"""The words of each failure to get an answer; where kubectl meets the same, it fails as well."""

import errno
import os
import socket
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from kubectl_fieldkit.cluster.address import Address
from kubectl_fieldkit.cluster.failures import dial_failed
from kubectl_fieldkit.errors import FieldkitError, KubeconfigError
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.reading import Request
from tests.kubectl_fieldkit.cluster.conftest import Open, with_cluster
from tests.kubectl_fieldkit.cluster.listener import (
    Listener,
    answer,
    closed_port,
    requests,
    saying,
    silent,
)
from tests.lab.lab import Lab

Listen = Callable[..., Listener]
VPN = "is this machine in the cluster's network or its VPN?"
PROXY = "is there a proxy or a login page in between?"
CUTS = "something between here and the server cuts connections"
UNABLE = "Unable to connect to the server:"
UNKNOWN = ".".join(["nowhere" * 8] * 5)  # longer than a name can be: no DNS server is asked


def failure(opened: Open, access: Access) -> str:
    """What a read of the nodes ends with."""
    with pytest.raises(FieldkitError) as caught:
        opened(access).read(Request(NODES))
    return caught.value.line


def plain(listener: Listener) -> Access:
    """An access to a listener without TLS."""
    return Access(Cluster(f"http://{listener.authority}"), User())


def test_refused(lab: Lab, access: Access, opened: Open) -> None:
    """kubectl's sentence, word for word."""
    with closed_port() as port:
        server = f"https://127.0.0.1:{port}"
        line = failure(opened, with_cluster(access, server=server))
        said = lab.kubectl("get", "nodes", "-s", server, check=False).stderr.strip()
    assert said.endswith(line)
    assert line == (
        f"The connection to the server {server[8:]} was refused"
        " - did you specify the right host or port?"
    )


def test_an_unknown_host(lab: Lab, access: Access, opened: Open) -> None:
    """The name that was looked up is named."""
    server = f"https://{UNKNOWN}:6443"
    line = failure(opened, with_cluster(access, server=server))
    assert line == (
        f"{UNABLE} dial tcp: lookup {UNKNOWN}: no such host (is the server's name right?)"
    )
    said = lab.kubectl("get", "nodes", "-s", server, check=False).stderr
    assert "no such host" in said.splitlines()[-1]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError("timed out"), f"dial tcp 192.0.2.1:6443: i/o timeout ({VPN})"),
        (
            OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH)),
            f"dial tcp 192.0.2.1:6443: connect: no route to host ({VPN})",
        ),
        (
            OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH)),
            f"dial tcp 192.0.2.1:6443: connect: network is unreachable ({VPN})",
        ),
        (
            socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
            "dial tcp: lookup 192.0.2.1: no answer from DNS (is the server's name right?)",
        ),
    ],
)
def test_an_unreachable_network(error: OSError, words: str) -> None:
    """What the kernel says of the way there is told as Go tells it."""
    assert dial_failed(error, Address("https", "192.0.2.1", 6443)).line == f"{UNABLE} {words}"


@pytest.mark.parametrize(
    "server",
    ["https://", "ftp://x", "https://a b", "https://x:port", "https://x..y", "https://x\n"],
)
def test_a_server_that_is_no_url(opened: Open, server: str) -> None:
    """The kubeconfig's words are quoted, and what they should be is said."""
    with pytest.raises(KubeconfigError) as caught:
        opened(Access(Cluster(server), User()))
    assert caught.value.line == (
        f'error: server "{server}" is no URL of an API server (it should read https://HOST:PORT)'
    )


def test_a_silent_server(lab: Lab, opened: Open, listen: Listen) -> None:
    """A request's time-out ends a wait that has no end."""
    listener = listen(silent)
    line = failure(opened, replace(plain(listener), request_timeout=0.2))
    assert (
        line
        == f"{UNABLE} timed out waiting for an answer (the bounds are --request-timeout and 90 seconds of silence)"
    )
    server = f"http://{listener.authority}"
    flags = ("--raw", "/version", "-s", server, "--request-timeout=200ms")
    assert lab.kubectl("get", *flags, check=False).returncode == 1


def test_a_server_that_is_silent_on_tls(opened: Open, listen: Listen) -> None:
    """The handshake is part of the request's time."""
    access = Access(Cluster(f"https://{listen(silent).authority}"), User(), request_timeout=0.2)
    assert failure(opened, access) == f"{UNABLE} net/http: TLS handshake timeout ({VPN})"


def test_a_server_that_trickles(opened: Open, listen: Listen) -> None:
    """A byte now and then does not stretch the request's time."""

    def trickle(connection: socket.socket, _: int) -> None:
        for _request in requests(connection):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
            while True:
                connection.sendall(b" ")

    line = failure(opened, replace(plain(listen(trickle)), request_timeout=0.2))
    assert (
        line
        == f"{UNABLE} timed out waiting for an answer (the bounds are --request-timeout and 90 seconds of silence)"
    )


def test_tls_to_a_plain_port(opened: Open, listen: Listen) -> None:
    """A port that speaks plain http is told apart from a broken one."""
    talkative = listen(lambda connection, _: connection.sendall(answer("400 Bad Request")))
    assert failure(opened, Access(Cluster(f"https://{talkative.authority}"), User())) == (
        f"{UNABLE} http: server gave HTTP response to HTTPS client"
        " (is it a plain-http port? then the server is http://HOST:PORT)"
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", "malformed HTTP response: it begins with 'SSH-2.0-OpenSSH_9.2'"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 201 + b"\r\n", "malformed HTTP response: it has more than 200 headers"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70000, "malformed HTTP response: a header is longer than 65536 bytes"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "malformed HTTP response: '-1' is no length of a body"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "malformed HTTP response: 'zz' is no length of a body"),
        (answer("200 OK", "no gzip", "Content-Encoding: gzip"), "malformed HTTP response: its gzip body is damaged: Error -3 while decompressing data: incorrect header check"),
    ],
)  # fmt: skip
def test_what_is_no_http(opened: Open, listen: Listen, said: bytes, words: str) -> None:
    """A server that speaks something else is quoted, not retried."""
    listener = listen(saying(said))
    hint = f"is {listener.authority} an API server?"
    assert failure(opened, plain(listener)) == f"{UNABLE} {words} ({hint})"
    assert listener.connections == 1


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (answer("200 OK", "<html>Log in</html>", "Content-Type: text/html"), 'not the JSON that was asked for, but text/html that starts with "<html>Log in</html>": JSON is malformed: invalid character (byte 0)'),
        (answer("200 OK", '{"items": ['), 'not the JSON that was asked for, but no content type that starts with "{"items": [": Input data was truncated'),
        (answer("200 OK", '{"items": 5}'), 'not the JSON that was asked for, but no content type that starts with "{"items": 5}": Expected `array | null`, got `int` - at `$.items`'),
        (answer("200 OK", f'{{"x": {DEEP}'), f'not the JSON that was asked for, but no content type that starts with "{{"x": {DEEP[:74]}": maximum recursion depth exceeded while deserializing an object'),
    ],
    ids=["html", "half", "type", "deep"],
)  # fmt: skip
def test_a_body_that_is_no_list(opened: Open, listen: Listen, said: bytes, words: str) -> None:
    """What came in place of the list is quoted."""
    line = failure(opened, plain(listen(saying(said))))
    assert line == f"Error from server: {words} ({PROXY})"


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (answer("302 Found", "", "Location: https://login.test/"), 'Error from server: the server redirects to "https://login.test/", and redirects are not followed (is there a proxy or a login page in between?)'),
        (answer("500 Internal Server Error", "boom"), 'Error from server (InternalError): an error on the server ("boom") has prevented the request from succeeding (get nodes)'),
        (answer("500 Oops", '{"kind": "Status", "message": "etcdserver: no leader", "reason": "InternalError"}'), "Error from server (InternalError): etcdserver: no leader"),
        (answer("500 Oops", '{"kind": "Status", "message": "etcdserver: no leader"}'), "Error from server (InternalError): etcdserver: no leader"),
        (answer("405 Method Not Allowed"), "Error from server (MethodNotAllowed): the server does not allow this method on the requested resource (get nodes)"),
        (answer("418 Teapot", "tea"), 'Error from server: an error on the server ("tea") has prevented the request from succeeding (get nodes)'),
        (answer("410 Gone", '{"kind": "Status", "reason": "Gone"}'), "Error from server (Gone): the requested version of the list is gone (get nodes) (the list changes faster than it can be read: try again)"),
    ],
)  # fmt: skip
def test_an_answer_that_is_a_no(opened: Open, listen: Listen, said: bytes, line: str) -> None:
    """A Status speaks for itself; without one, client-go's words stand in."""
    assert failure(opened, plain(listen(saying(said, said, said)))) == line


def test_the_version_may_be_refused(opened: Open, listen: Listen) -> None:
    """Who may not ask for the version learns an empty one."""
    server = opened(plain(listen(saying(answer("403 Forbidden", '{"kind": "Status"}')))))
    assert server.server_version == ""


def test_no_secret_goes_to_a_plain_server(opened: Open, listen: Listen) -> None:
    """As with kubectl, http carries no Authorization header."""
    heads: list[str] = []

    def serve(connection: socket.socket, _: int) -> None:
        for head in requests(connection):
            heads.append(head)
            connection.sendall(answer("200 OK", "{}"))

    listener = listen(serve)
    access = replace(plain(listener), user=User(token="secret"))
    opened(access).read(Request(NODES))
    assert heads == [
        "GET /api/v1/nodes?limit=500 HTTP/1.1\r\n"
        f"Host: {listener.authority}\r\n"
        "User-Agent: kubectl-fieldkit/0.1.0\r\n"
        "Accept: application/json\r\n"
        "Accept-Encoding: gzip"
    ]


def test_connections_that_always_break(opened: Open, listen: Listen) -> None:
    """Five tries are made before a read is given up."""

    def hang_up_half_way(connection: socket.socket, _: int) -> None:
        next(requests(connection))
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"items": [')

    listener = listen(hang_up_half_way)
    assert failure(opened, plain(listener)) == (
        f"{UNABLE} the connection was closed half way ({CUTS})"
    )
    assert listener.connections == 5

"""Reads that succeed after all: the lab behind a line that breaks, and servers that are busy."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.reading import Objects, Request
from tests.kubectl_fieldkit.cluster.conftest import Open, with_cluster, with_user
from tests.kubectl_fieldkit.cluster.listener import Listener, answer, cut_short, saying
from tests.lab.lab import Lab

Listen = Callable[..., Listener]
EMPTY = answer("200 OK", "{}")
BUSY = answer("429 Too Many Requests", "slow down", "Retry-After: 0")


def behind(listener: Listener, access: Access) -> Access:
    """The lab by way of a forwarder."""
    return with_cluster(access, server=f"https://{listener.authority}")


def outcomes(lines: list[str]) -> list[str]:
    """What each traced request came to."""
    return [line.partition(" ms: ")[2].partition(",")[0] for line in lines]


@pytest.mark.parametrize("limit", [1, 1000, 2000, 2600])
def test_a_line_that_breaks(
    lab: Lab, access: Access, opened: Open, listen: Listen, limit: int
) -> None:
    """Two connections that are cut anywhere in the handshake or the answer cost two more tries."""
    place = urlsplit(lab.server)
    target = (str(place.hostname), int(place.port or 0))
    listener = listen(cut_short(target, {0: limit, 1: limit}))
    server = opened(behind(listener, access))
    assert isinstance(server.read(Request(NODES)), Objects)


def test_a_kept_connection_that_went_stale(opened: Open, listen: Listen) -> None:
    """It is dialled anew at once, and the caller does not notice."""
    listener = listen(saying(EMPTY, b"", EMPTY))
    lines: list[str] = []
    server = opened(Access(Cluster(f"http://{listener.authority}"), User()), trace=lines.append)
    assert server.read(Request(NODES)) == server.read(Request(NODES)) == Objects([])
    assert outcomes(lines) == [
        "200 OK",
        "failed: the connection was closed without an answer",
        "200 OK",
    ]
    assert listener.connections == 2


def test_a_connection_the_server_closes(opened: Open, listen: Listen) -> None:
    """`Connection: close` is obeyed: the next request dials."""
    last = answer("200 OK", "{}", "Connection: close")
    listener = listen(saying(last, last))
    server = opened(Access(Cluster(f"http://{listener.authority}"), User()))
    assert server.read(Request(NODES)) == server.read(Request(NODES)) == Objects([])
    assert listener.connections == 2


@pytest.mark.parametrize(
    "busy",
    [
        BUSY,
        answer("503 Service Unavailable", "", "Retry-After: 0"),
        answer("500 Internal Server Error", "", "Retry-After: 0"),
        answer("502 Bad Gateway"),
        answer("504 Gateway Timeout"),
    ],
)
def test_a_busy_server(opened: Open, listen: Listen, busy: bytes) -> None:
    """A server that is busy is asked again, when it says or after a moment."""
    server = opened(Access(Cluster(f"http://{listen(saying(busy, EMPTY)).authority}"), User()))
    assert server.read(Request(NODES)) == Objects([])


def test_a_server_that_stays_busy(opened: Open, listen: Listen) -> None:
    """Five tries are made, and the last answer is the error."""
    listener = listen(saying(*[BUSY] * 5))
    with pytest.raises(ServerError) as caught:
        opened(Access(Cluster(f"http://{listener.authority}"), User())).read(Request(NODES))
    assert caught.value.line == (
        "Error from server (TooManyRequests): the server has received too many requests and has"
        " asked us to try again later (get nodes) (it is overloaded: try again later)"
    )


def test_a_wait_beyond_the_time_out_is_not_begun(opened: Open, listen: Listen) -> None:
    """A server that asks for more time than the request has is told of at once."""
    slow = answer("429 Too Many Requests", "", "Retry-After: 20")
    access = Access(Cluster(f"http://{listen(saying(slow)).authority}"), User(), request_timeout=10)
    with pytest.raises(ServerError) as caught:
        opened(access).read(Request(NODES))
    assert caught.value.code == 429


def test_a_token_that_was_replaced(lab: Lab, access: Access, opened: Open, tmp_path: Path) -> None:
    """After a 401 the token file is read again, and the request sent once more."""
    file = tmp_path / "token"
    file.write_text("old")
    lines: list[str] = []

    def renew(line: str) -> None:
        lines.append(line)
        file.write_text(lab.token)

    user = with_user(access, token="", token_file=str(file))
    assert isinstance(opened(user, trace=renew).read(Request(NODES)), Objects)
    assert outcomes(lines) == ["401 Unauthorized", "200 OK"]

"""A patch is carried out at most once, and only on what was read."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kubectl_fieldkit.cluster.writing import Patch
from kubectl_fieldkit.errors import ConnectionFailed, ServerError
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User
from kubectl_fieldkit.objects.node import NODES, Node, Taint
from kubectl_fieldkit.reading import Objects, Request
from tests.kubectl_fieldkit.cluster.conftest import Open, with_user
from tests.kubectl_fieldkit.cluster.listener import Listener, answer, saying, silent
from tests.lab.lab import Lab

Listen = Callable[..., Listener]
NAME = "written-0"
ONE, TWO = Taint("a", "NoSchedule", "one"), Taint("b", "NoExecute")
DONE = answer("200 OK", "{}")


def patch(before: object, after: object, **more: Any) -> Patch[Node]:
    """The node's taints from one value to another."""
    return Patch(NODES, NAME, "/spec/taints", before, after, "tests", **more)


@pytest.fixture
def node(lab: Lab) -> Iterator[str]:
    """The path of a node without taints."""
    lab.add_node(NAME, fresh=False)
    yield f"/api/v1/nodes/{NAME}"
    lab.kubectl("delete", "node", NAME)


def there(lab: Lab, node: str) -> list[dict[str, str]]:
    """The taints that the server has."""
    taints: list[dict[str, str]] = lab.api.send("GET", node)["spec"].get("taints", [])
    return taints


def test_absent_set_changed_and_removed(lab: Lab, node: str, access: Access, opened: Open) -> None:
    """Each patch starts at what the last one left, and gives the object as it is now."""
    server = opened(access)
    for before, after in ((None, [ONE]), ([ONE], [TWO, ONE]), ([TWO, ONE], None)):
        now = server.patch(patch(before, after))
        assert now.spec.taints == (after or [])
        assert [taint["key"] for taint in there(lab, node)] == [t.key for t in after or []]


@pytest.mark.parametrize("before", [None, [TWO], [ONE, TWO]])
def test_what_was_not_read_is_not_overwritten(
    lab: Lab, node: str, access: Access, opened: Open, before: object
) -> None:
    """The server finds another value than the one that was read, and refuses with 422."""
    server = opened(access)
    server.patch(patch(None, [ONE]))
    with pytest.raises(ServerError) as caught:
        server.patch(patch(before, [TWO]))
    assert (caught.value.code, caught.value.line) == (
        422,
        "Error from server (Invalid): the server rejected our request due to an error in our request",
    )
    assert there(lab, node) == [{"key": "a", "value": "one", "effect": "NoSchedule"}]


def test_a_dry_run_is_answered_and_not_kept(
    lab: Lab, node: str, access: Access, opened: Open
) -> None:
    """The answer is the object as it would be."""
    now = opened(access).patch(patch(None, [ONE], dry_run=True))
    assert (now.spec.taints, there(lab, node)) == ([ONE], [])


def test_the_servers_own_refusals(lab: Lab, node: str, access: Access, opened: Open) -> None:
    """An invalid value, a missing right, a missing object: in kubectl's words."""
    with pytest.raises(ServerError) as invalid:
        opened(access).patch(patch(None, [Taint("a", "Never")]))
    assert invalid.value.line == (
        f'Error from server (Invalid): Node "{NAME}" is invalid: metadata.taints[0].effect: '
        'Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"'
    )
    with pytest.raises(ServerError) as forbidden:
        opened(with_user(access, impersonate="joe")).patch(patch(None, [ONE]))
    assert forbidden.value.line == (
        f'Error from server (Forbidden): nodes "{NAME}" is forbidden: User "joe" cannot patch '
        'resource "nodes" in API group "" at the cluster scope'
    )
    with pytest.raises(ServerError) as missing:
        opened(access).patch(Patch(NODES, "nope", "/spec/taints", None, [ONE], "tests"))
    assert missing.value.line == 'Error from server (NotFound): nodes "nope" not found'


def test_a_token_that_was_replaced(
    lab: Lab, node: str, access: Access, opened: Open, tmp_path: Path
) -> None:
    """After a 401, which is given before anything is carried out, the token file is read again."""
    file = tmp_path / "token"
    file.write_text("old")
    lines: list[str] = []

    def renew(line: str) -> None:
        lines.append(line)
        file.write_text(lab.token)

    user = with_user(access, token="", token_file=str(file))
    assert opened(user, trace=renew).patch(patch(None, [ONE])).spec.taints == [ONE]
    assert [line.partition(" ms: ")[2].partition(",")[0] for line in lines] == [
        "401 Unauthorized",
        "200 OK",
    ]


def to(listener: Listener, **more: Any) -> Access:
    """An access to a listener."""
    return Access(Cluster(f"http://{listener.authority}"), User(), **more)


@pytest.mark.parametrize(
    ("status", "reason"),
    [("503 Service Unavailable", "ServiceUnavailable"), ("504 Gateway Timeout", "Timeout")],
)
def test_what_may_have_been_carried_out_is_not_sent_again(
    opened: Open, listen: Listen, status: str, reason: str
) -> None:
    """A server that is busy somewhere behind may have done it all the same."""
    listener = listen(saying(answer(status, "", "Retry-After: 0"), DONE))
    with pytest.raises(ServerError) as caught:
        opened(to(listener)).patch(patch(None, [ONE]))
    assert (caught.value.reason, listener.connections) == (reason, 1)


def test_a_connection_that_breaks_is_not_tried_again(opened: Open, listen: Listen) -> None:
    """Nobody knows how far the server came."""
    listener = listen(saying(b"", DONE))
    with pytest.raises(ConnectionFailed) as caught:
        opened(to(listener)).patch(patch(None, [ONE]))
    assert (str(caught.value), listener.connections) == (
        "the connection was closed without an answer "
        "(something between here and the server cuts connections)",
        1,
    )


def test_a_server_too_busy_to_begin_is_asked_again(opened: Open, listen: Listen) -> None:
    """A 429 is given before anything is carried out."""
    busy = answer("429 Too Many Requests", "slow down", "Retry-After: 0")
    listener = listen(saying(busy, busy, DONE))
    assert opened(to(listener)).patch(patch(None, [ONE])) == Node()
    assert listener.connections == 3


def test_a_kept_connection_is_not_written_to(opened: Open, listen: Listen) -> None:
    """It may have gone stale while somebody read the forecast."""
    listener = listen(saying(DONE, DONE))
    server = opened(to(listener))
    assert server.read(Request(NODES)) == Objects([])
    assert server.patch(patch(None, [ONE])) == Node()
    assert listener.connections == 2


def test_a_server_that_never_answers(opened: Open, listen: Listen) -> None:
    """The request's time-out bounds a write as it does a read."""
    listener = listen(silent)
    with pytest.raises(ConnectionFailed) as caught:
        opened(to(listener, request_timeout=0.2)).patch(patch(None, [ONE]))
    assert (str(caught.value), listener.connections) == (
        "timed out waiting for an answer (the bounds are --request-timeout and 90 seconds of silence)",
        1,
    )

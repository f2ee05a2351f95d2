"""Lists in pages, on a control plane whose store forgets when it is told to."""

from collections.abc import Iterator
from typing import Any

import pytest

from kubectl_fieldkit.cluster.answers import next_page
from kubectl_fieldkit.cluster.http1 import Response
from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User
from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.reading import Objects, Request
from tests.kubectl_fieldkit.cluster.conftest import Open, access_to, with_cluster
from tests.kubectl_fieldkit.cluster.etcd import compact
from tests.kubectl_fieldkit.cluster.listener import Listener, answer, saying
from tests.lab.lab import Lab

NAMES = [f"node-{number:04}" for number in range(1050)]
EXPIRED = (
    "Error from server (Expired): The provided continue parameter is too old to display a consistent"
    " list result. You can start a new list without the continue parameter, or use the continue token"
    " in this response to retrieve the remainder of the results. Continuing with the provided token"
    " results in an inconsistent list - objects that were created, modified, or deleted between the"
    " time the first chunk was returned and now may show up in the list. (the list changes faster"
    " than it can be read: try again)"
)


@pytest.fixture(scope="module")
def full_lab(programs: None) -> Iterator[Lab]:
    """More nodes than two pages hold; without a watch cache, pages come from the store itself."""
    with Lab(apiserver_flags=["--watch-cache=false"]) as own:
        for name in NAMES:
            own.api.send("POST", "/api/v1/nodes", {"metadata": {"name": name}})
        yield own


def names(answer: Any) -> list[str]:
    """The names in an answer, in its order."""
    assert isinstance(answer, Objects)
    return [thing.metadata.name for thing in answer.items]


@pytest.mark.lab
def test_a_long_list_is_read_in_pages(full_lab: Lab, opened: Open) -> None:
    """All objects come, in the server's order, 500 at a time over one connection."""
    lines: list[str] = []
    server = opened(access_to(full_lab), trace=lines.append)
    assert names(server.read(Request(NODES))) == NAMES
    assert [("limit=500" in line, "continue=" in line) for line in lines] == [
        (True, False),
        (True, True),
        (True, True),
    ]


@pytest.mark.lab
@pytest.mark.parametrize("page", [1050, 1049, 525])
def test_the_last_page_may_be_full(full_lab: Lab, opened: Open, page: int) -> None:
    """A list ends where the server gives no token, whether its last page is full or not."""
    server = opened(access_to(full_lab), page=page)
    assert names(server.read(Request(NODES))) == NAMES


@pytest.mark.lab
def test_selectors_and_pages_go_together(full_lab: Lab, opened: Open) -> None:
    """Every page is asked for with the selectors."""
    server = opened(access_to(full_lab), page=100)
    selector = "metadata.name!=node-0000"
    assert names(server.read(Request(NODES, field_selector=selector))) == NAMES[1:]


@pytest.mark.lab
def test_pages_come_zipped(full_lab: Lab, opened: Open) -> None:
    """A big page is zipped on the wire, as kubectl asks for it, unless disable-compression is set."""
    lines: list[str] = []
    access = access_to(full_lab)
    for off in (False, True):
        server = opened(
            with_cluster(access, disable_compression=off), trace=lines.append, page=2000
        )
        assert names(server.read(Request(NODES))) == NAMES
    zipped, plain = (int(line.split()[-2].replace(",", "")) for line in lines)
    assert zipped < plain / 4


@pytest.mark.lab
def test_an_expired_list_begins_anew(full_lab: Lab, opened: Open) -> None:
    """When the store forgets between two pages (410), the list is read from its beginning."""
    lines: list[str] = []

    def trace(line: str) -> None:
        lines.append(line)
        if len(lines) == 1:
            compact(full_lab)

    server = opened(access_to(full_lab), trace=trace)
    assert names(server.read(Request(NODES))) == NAMES
    assert [line.rpartition("ms: ")[2].split(",")[0] for line in lines] == [
        "200 OK",
        "410 Gone",
        "200 OK",
        "200 OK",
        "200 OK",
    ]


@pytest.mark.lab
def test_a_list_that_always_expires_is_given_up(full_lab: Lab, opened: Open) -> None:
    """After three beginnings the server's own words are the error."""
    server = opened(access_to(full_lab), trace=lambda _: compact(full_lab))
    with pytest.raises(ServerError) as caught:
        server.read(Request(NODES))
    assert caught.value.line == EXPIRED


@pytest.mark.parametrize(
    ("body", "after"),
    [
        (
            b'{"kind":"PodList","metadata":{"continue":"x","remainingItemCount":3},"items":[{}]}',
            "x",
        ),
        (b'{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":[]}', ""),
        (b'{"items":[{"metadata":{"continue":"y"}}],"metadata":{"continue":"x"}}', ""),
        (b'{"metadata":{"continue":"x"}, "items": []}', ""),
        (b'{"metadata":{"continue":,"items":[', ""),
        (b'{"metadata":{"a":"' + b"x" * 5_000 + b'"},"items":[]}', ""),
    ],
    ids=["as usual", "last", "items first", "spaced", "broken", "long"],
)
def test_the_next_page_is_known_before_the_items_are(body: bytes, after: str) -> None:
    """As API servers write lists; of all others it is known when they are decoded."""
    assert next_page(Response(200, "OK", {}, body, len(body))) == after


def test_a_page_that_cannot_be_read_leaves_no_other_answer_behind() -> None:
    """The next page is on its way by then; whoever asks for something else gets that."""
    broken = '{"metadata":{"continue":"x"},"items":[{"metadata":{"name":5}}]}'
    second = '{"metadata":{},"items":[{"metadata":{"name":"node-2"}}]}'
    other = '{"metadata":{},"items":[{"metadata":{"name":"kube-system"}}]}'
    with Listener(saying(*(answer("200 OK", body) for body in (broken, second, other)))) as there:
        access = Access(Cluster(f"http://{there.authority}"), User())
        with ApiServer(access, environ={}) as server:
            with pytest.raises(ServerError):
                server.read(Request(NODES))
            assert names(server.read(Request(NAMESPACES))) == ["kube-system"]

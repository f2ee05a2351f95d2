"""What the server itself refuses, beside what kubectl says of it."""

import pytest

from kubectl_fieldkit.errors import FieldkitError, ServerError
from kubectl_fieldkit.kubeconfig.model import Access
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.objects.pod import PODS
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reading import Objects, Refused, Request
from tests.kubectl_fieldkit.cluster.conftest import Open, with_cluster, with_user
from tests.lab.lab import Lab

RELOGIN = "the token or client certificate is wrong or has expired: log in again"


def last_line(text: str) -> str:
    """What kubectl said in the end, after its log lines."""
    return text.strip().splitlines()[-1]


def test_a_read_is_an_answer(access: Access, opened: Open) -> None:
    """An empty list is an answer like any other, and one object comes as a list of one."""
    server = opened(access)
    assert server.read(Request(PODS, namespace="default")) == Objects([])
    namespace = Resource("", "v1", "namespaces", "Namespace", False, KubeObject)
    answer = server.read(Request(namespace, name="default"))
    assert isinstance(answer, Objects)
    assert [thing.metadata.name for thing in answer.items] == ["default"]


def test_the_version_is_the_servers(access: Access, opened: Open) -> None:
    """It is asked for once."""
    lines: list[str] = []
    server = opened(access, trace=lines.append)
    assert (server.server_version, server.server_version) == ("v1.37.2", "v1.37.2")
    assert len(lines) == 1


def test_now_is_one_moment(access: Access, opened: Open) -> None:
    """All ages of a run count from the same moment, in UTC."""
    server = opened(access)
    assert server.now is server.now
    assert str(server.now.tzinfo) == "UTC"


def test_a_name_that_is_not_there(lab: Lab, access: Access, opened: Open) -> None:
    """A 404 is an error in kubectl's words."""
    with pytest.raises(ServerError) as caught:
        opened(access).read(Request(NODES, name="nope"))
    assert caught.value.code == 404
    assert caught.value.line == 'Error from server (NotFound): nodes "nope" not found'
    assert lab.kubectl("get", "node", "nope", check=False).stderr.strip() == caught.value.line


def test_a_kind_that_is_not_served(access: Access, opened: Open) -> None:
    """A list of nothing the server knows is an error, and no empty list."""
    unknown = Resource("fieldkit.test", "v1", "things", "Thing", False, KubeObject)
    with pytest.raises(ServerError) as caught:
        opened(access).read(Request(unknown))
    assert caught.value.line == (
        "Error from server (NotFound): the server could not find the requested resource (get things)"
    )


def test_a_user_without_the_right(lab: Lab, access: Access, opened: Open) -> None:
    """A 403 is an answer with the server's words, and the version is then unknown."""
    answer = opened(with_user(access, impersonate="joe")).read(Request(NODES))
    assert answer == Refused(
        'nodes is forbidden: User "joe" cannot list resource "nodes" in API group "" at the cluster scope'
    )
    said = lab.kubectl("get", "nodes", "--as", "joe", check=False).stderr.strip()
    assert said == f"Error from server (Forbidden): {answer.message}"


def test_every_impersonation_header_arrives(access: Access, opened: Open) -> None:
    """The server refuses in the name of the user it was told of, with group, uid and extra."""
    user = with_user(
        access,
        impersonate="joe",
        impersonate_uid="u-1",
        impersonate_extra=(("example.org/Team %", ("a", "b")),),
    )
    admin = with_user(user, impersonate_groups=("devs", "system:masters"))
    assert isinstance(opened(user).read(Request(NODES)), Refused)
    assert isinstance(opened(admin).read(Request(NODES)), Objects)


def test_wrong_credentials(lab: Lab, access: Access, opened: Open) -> None:
    """A 401 says what kubectl says, and what to do."""
    with pytest.raises(ServerError) as caught:
        opened(with_user(access, token="wrong")).read(Request(NODES))
    assert caught.value.line == (
        f"error: You must be logged in to the server (Unauthorized) ({RELOGIN})"
    )
    said = lab.kubectl("get", "nodes", "--token=wrong", check=False).stderr
    assert last_line(said) == "error: You must be logged in to the server (Unauthorized)"


@pytest.mark.parametrize("expired", [False, True], ids=["good", "expired"])
def test_a_client_certificate(lab: Lab, access: Access, opened: Open, expired: bool) -> None:
    """An inline certificate and key identify the user until they expire."""
    certificate, key = lab.issue_certificate("jane", ["system:masters"], expired=expired)
    user = with_user(access, token="", client_certificate_data=certificate, client_key_data=key)
    if not expired:
        assert isinstance(opened(user).read(Request(NODES)), Objects)
        return
    with pytest.raises(ServerError) as caught:
        opened(user).read(Request(NODES))
    assert caught.value.line == (
        f"error: You must be logged in to the server (Unauthorized) ({RELOGIN})"
    )


def test_a_selector_that_is_none(lab: Lab, access: Access, opened: Open) -> None:
    """Selectors are quoted, and the server's view of them is passed on."""
    with pytest.raises(ServerError) as caught:
        opened(access).read(Request(NODES, label_selector="a&limit=1"))
    assert caught.value.line == (
        "Error from server (BadRequest): unable to parse requirement: <nil>: Invalid value:"
        " \"a&limit\": name part must consist of alphanumeric characters, '-', '_' or '.', and must"
        " start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
        " regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
    )
    said = lab.kubectl("get", "nodes", "-l", "a&limit=1", check=False).stderr
    assert last_line(said).endswith(caught.value.message)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("..", "[may not be '..']"),
        (".", "[may not be '.']"),
        ("x/status", "[may not contain '/']"),
        ("x%2fstatus", "[may not contain '%']"),
    ],
)
def test_a_name_cannot_be_a_path(access: Access, opened: Open, name: str, fault: str) -> None:
    """A hostile name never leads to another resource: it is refused before anything is sent."""
    lines: list[str] = []
    with pytest.raises(FieldkitError) as caught:
        opened(access, trace=lines.append).read(Request(NODES, name=name))
    assert caught.value.line == f'error: invalid resource name "{name}": {fault}'
    assert lines == []


def test_a_name_cannot_add_to_the_request(access: Access, opened: Open) -> None:
    """Line ends, spaces and question marks in a name stay part of the name."""
    with pytest.raises(ServerError) as caught:
        opened(access).read(Request(NODES, name="x HTTP\r\nX: y?z#"))
    assert caught.value.line == (
        'Error from server (NotFound): nodes "x HTTP\\r\\nX: y?z#" not found'
    )


def test_plain_http_to_a_tls_port(lab: Lab, access: Access, opened: Open) -> None:
    """The server's own words say what is wrong, where kubectl knows of no reason."""
    plain = with_cluster(access, server=lab.server.replace("https", "http"))
    with pytest.raises(ServerError) as caught:
        opened(plain).read(Request(NODES))
    assert caught.value.line == (
        "Error from server (BadRequest): Client sent an HTTP request to an HTTPS server"
        " (the kubeconfig's server should start with https://)"
    )
    said = lab.kubectl("get", "nodes", "-s", plain.cluster.server, check=False)
    assert said.returncode == 1


def test_every_request_is_traced(lab: Lab, access: Access, opened: Open) -> None:
    """One line a request, without the secrets it carried."""
    lines: list[str] = []
    joe = with_user(access, impersonate="joe")
    opened(joe, trace=lines.append).read(Request(NODES, label_selector="a=b"))
    start, _, end = lines[0].partition(" in ")
    assert start == f"GET {lab.server}/api/v1/nodes?limit=500&labelSelector=a%3Db"
    assert end.partition(": ")[2] == "403 Forbidden, 243 bytes"
    assert len(lines) == 1

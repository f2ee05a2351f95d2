"""Objects as plain trees, creations that nothing is kept of, and published schemas."""

from collections.abc import Iterator
from typing import Any

import pytest

from kubectl_fieldkit.cluster.discovery import ApiResource
from kubectl_fieldkit.cluster.kinds import find_resource
from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.errors import FieldkitError, ServerError
from kubectl_fieldkit.reading import Refused
from tests.kubectl_fieldkit.cluster.conftest import Open, access_to, with_user
from tests.kubectl_fieldkit.cluster.etcd import compact
from tests.kubectl_fieldkit.cluster.stocked import GROUP, serve_widgets, widget
from tests.lab.lab import Lab

PLACE = "/api/v1/namespaces/default/configmaps"
NAMES = [f"c-{number:04}" for number in range(1200)]
ODD = "system:odd:a b+c?d#e&f=ü"  # only roles may be called so


@pytest.fixture(scope="module")
def stocked(programs: None) -> Iterator[Lab]:
    """Widgets, a role with an odd name, and more ConfigMaps than two pages hold; pages come from the store itself."""
    with Lab(apiserver_flags=["--watch-cache=false"]) as own:
        serve_widgets(own)
        for name in NAMES:
            own.api.send("POST", PLACE, {"metadata": {"name": name}, "data": {"b": "1", "a": "2"}})
        role = {"metadata": {"name": ODD}, "rules": []}
        own.api.send("POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", role)
        own.api.send(
            "POST", f"/apis/{GROUP}/v1/namespaces/default/widgets", widget("w", colour="red")
        )
        yield own


@pytest.fixture
def server(stocked: Lab, opened: Open) -> ApiServer:
    """The admin's."""
    return opened(access_to(stocked))


def kind(server: ApiServer, word: str) -> ApiResource:
    """The kind that a word means."""
    return find_resource(word, server.discover().resources)


def read(server: ApiServer, word: str, **where: Any) -> list[dict[str, Any]]:
    """The objects of a kind."""
    answer = server.raw(kind(server, word), **where)
    assert isinstance(answer, list)
    return answer


@pytest.mark.parametrize("word", ["configmaps", "widgets", "clusterroles"])
def test_an_object_is_the_same_alone_and_in_a_list(server: ApiServer, word: str) -> None:
    """Both have apiVersion and kind first, managedFields, and one order of keys."""
    listed = read(server, word)[0]
    meta = listed["metadata"]
    [alone] = read(server, word, name=meta["name"], namespace=meta.get("namespace", ""))
    assert list(alone)[:2] == ["apiVersion", "kind"]
    assert str(alone) == str(listed)  # which shows the order of keys too
    assert alone["metadata"]["managedFields"]


def test_nothing_is_left_out(stocked: Lab, server: ApiServer) -> None:
    """Such an object is what the server sends, to the last field."""
    [ours] = read(server, "cm", name="c-0007", namespace="default")
    assert ours == stocked.api.send("GET", f"{PLACE}/c-0007")
    [ours] = read(server, "wd", name="w", namespace="default")
    assert ours == stocked.api.send("GET", f"/apis/{GROUP}/v1/namespaces/default/widgets/w")


def test_a_long_list_comes_in_pages(stocked: Lab, opened: Open) -> None:
    """1,200 objects, 500 at a time, in the server's order, in one namespace or in all."""
    lines: list[str] = []
    server = opened(access_to(stocked), trace=lines.append)
    resource = kind(server, "cm")
    lines.clear()
    for namespace in ("default", ""):
        answer = server.raw(resource, namespace=namespace)
        assert isinstance(answer, list)
        names = [tree["metadata"]["name"] for tree in answer]
        assert [name for name in names if name in NAMES] == NAMES
    assert ["continue=" in line for line in lines] == [False, True, True] * 2


def test_a_list_that_expires_begins_anew(stocked: Lab, opened: Open) -> None:
    """As every list does: no object comes twice, and none is lost."""
    lines: list[str] = []

    def trace(line: str) -> None:
        lines.append(line)
        if len(lines) == 3:  # two for discovery, one page
            compact(stocked)

    answer = read(opened(access_to(stocked), trace=trace), "cm", namespace="default")
    names = [tree["metadata"]["name"] for tree in answer]
    assert [name for name in names if name in NAMES] == NAMES
    assert sum("410 Gone" in line for line in lines) == 1


def test_a_selector_narrows_a_list(stocked: Lab, server: ApiServer) -> None:
    """It is the server that selects."""
    stocked.kubectl("label", "cm", "c-0003", "c-0009", "odd=yes", "--overwrite")
    answer = read(server, "cm", label_selector="odd in (yes)")
    assert [tree["metadata"]["name"] for tree in answer] == ["c-0003", "c-0009"]


def test_an_odd_name_is_one_segment(server: ApiServer) -> None:
    """Whatever a name holds, it is that object which is asked for."""
    [role] = read(server, "clusterrole", name=ODD)
    assert role["metadata"]["name"] == ODD


@pytest.mark.parametrize("name", ["../nodes", "a/b", "..", "%2e%2e", "."])
def test_a_name_that_leads_elsewhere_is_refused(stocked: Lab, server: ApiServer, name: str) -> None:
    """Before anything is asked, in kubectl's words."""
    with pytest.raises(FieldkitError) as caught:
        read(server, "cm", name=name, namespace="default")
    theirs = stocked.kubectl("get", f"--namespace={name}", "cm", "x", check=False).stderr
    assert caught.value.message.split(": ")[1] in theirs


def test_refused_and_missing(stocked: Lab, opened: Open) -> None:
    """A 403 is an answer; a 404 is an error in the server's words."""
    server = opened(with_user(access_to(stocked), impersonate="joe"))
    answer = server.raw(kind(opened(access_to(stocked)), "secrets"), namespace="default")
    assert isinstance(answer, Refused)
    assert 'User "joe" cannot list resource "secrets"' in answer.message
    with pytest.raises(ServerError) as caught:
        read(opened(access_to(stocked)), "cm", name="nope", namespace="default")
    assert caught.value.line == 'Error from server (NotFound): configmaps "nope" not found'


def test_a_dry_run_shows_what_would_become_of_it(stocked: Lab, server: ApiServer) -> None:
    """Defaults are filled in, those of a CRD as well, under neat's name; nothing is kept."""
    made = server.dry_run_create(kind(server, "wd"), widget("new", colour="blue"), "default")
    assert made["spec"] == {"colour": "blue", "size": "small"}
    assert {entry["manager"] for entry in made["metadata"]["managedFields"]} == {"kubectl-neat"}
    assert [tree["metadata"]["name"] for tree in read(server, "wd")] == ["w"]
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "new"}}
    assert server.dry_run_create(kind(server, "ns"), namespace)["spec"] == {
        "finalizers": ["kubernetes"]
    }


def test_a_dry_run_that_the_server_refuses(stocked: Lab, opened: Open, server: ApiServer) -> None:
    """An unknown field, one given twice, an invalid value, a name that is taken, no right: its own words."""
    configmaps = kind(server, "cm")

    def refusal(tree: dict[str, Any], by: ApiServer = server) -> ServerError:
        with pytest.raises(ServerError) as caught:
            by.dry_run_create(configmaps, tree, "default")
        return caught.value

    good = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}
    unknown = refusal(good | {"dta": {}})
    assert (unknown.code, unknown.reason) == (400, "BadRequest")
    assert 'strict decoding error: unknown field "dta"' in unknown.message
    invalid = refusal(good | {"metadata": {"name": "C"}})
    assert (invalid.code, invalid.reason) == (422, "Invalid")
    taken = refusal(good | {"metadata": {"name": NAMES[0]}})
    assert (taken.code, taken.reason) == (409, "AlreadyExists")
    joe = opened(with_user(access_to(stocked), impersonate="joe"))
    assert 'cannot create resource "configmaps"' in refusal(good, joe).message


def test_published_schemas(server: ApiServer) -> None:
    """By group and version, the core one too; the default of a CRD stands in its kind's schema."""
    schemas = server.openapi_schemas(GROUP, "v1")
    [widgets] = [
        schema
        for schema in schemas.values()
        if {"group": GROUP, "version": "v1", "kind": "Widget"}
        in schema.get("x-kubernetes-group-version-kind", [])
    ]
    assert widgets["properties"]["spec"]["properties"]["size"]["default"] == "small"
    assert "io.k8s.api.core.v1.Pod" in server.openapi_schemas("", "v1")
    with pytest.raises(ServerError) as caught:
        server.openapi_schemas("nobody.example.com", "v1")
    assert caught.value.code == 404

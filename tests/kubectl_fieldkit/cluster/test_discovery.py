"""What is served, and which kind a word means: as the real kubectl finds it on the same server."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kubectl_fieldkit.cluster.discovery import ApiResource, Away, Discovery
from kubectl_fieldkit.cluster.kinds import expand_categories, find_resource, is_category
from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.errors import FieldkitError, ServerError
from tests.kubectl_fieldkit.cluster.conftest import Open, access_to, with_user
from tests.kubectl_fieldkit.cluster.plain_proxy import plain_proxy
from tests.kubectl_fieldkit.cluster.stocked import (
    AWAY,
    GROUP,
    register_what_is_away,
    serve_widgets,
)
from tests.lab.lab import Lab

KNOWN = Path(__file__).with_name("kind_words.txt").read_text().split()
UNKNOWN = [
    "foo",
    "foo.apps",
    "deployments.v1",
    "deployments.v9.batch",
    "DEPLOY",
    "Scale",
    "pods.v2.x",
]
UNKNOWN += [
    "deployments/scale",
    "widgets.elsewhere",
    "things.away.example.com",
    "",
]


@pytest.fixture(scope="module")
def stocked(programs: None) -> Iterator[Lab]:
    """A control plane with widgets and an aggregated API that is away."""
    with Lab() as own:
        serve_widgets(own)
        with ApiServer(access_to(own), environ={}) as server:
            register_what_is_away(own, server)
        yield own


@pytest.fixture(scope="module")
def discovery(stocked: Lab) -> Discovery:
    """What it says that it serves."""
    with ApiServer(access_to(stocked), environ={}) as server:
        return server.discover()


def asked_by_kubectl(lab: Lab, word: str) -> str:
    """The path that `kubectl get WORD -A` lists."""
    log = lab.kubectl("get", word, "-A", "-v=6", check=False).stderr
    url = re.findall(r'"(?:GET )?(https://[^" ]*limit=500)', log)[-1]
    return str(urlsplit(url).path)


def test_every_kind_that_kubectl_finds(stocked: Lab, discovery: Discovery) -> None:
    """Each kind once, in its group's preferred version, with what kubectl api-resources says of it."""
    lines = stocked.kubectl("api-resources", "--no-headers", check=False).stdout.splitlines()
    theirs = {tuple(line.split()) for line in lines}
    assert {_line(resource) for resource in discovery.preferred} == theirs


def _line(resource: ApiResource) -> tuple[str, ...]:
    short = [",".join(resource.short_names)] if resource.short_names else []
    namespaced = str(resource.namespaced).lower()
    return (resource.plural, *short, resource.api_version, namespaced, resource.kind)


def test_all_versions_with_the_preferred_one_first(discovery: Discovery) -> None:
    """Core leads; the versions of a group follow each other in the order of its liking."""
    assert discovery.resources[0].group == ""
    versions = [r.version for r in discovery.resources if r.full_name == f"widgets.{GROUP}"]
    assert versions == ["v1", "v1alpha1"]
    hpas = [r.version for r in discovery.resources if r.plural == "horizontalpodautoscalers"]
    assert hpas == ["v2", "v1"]


def test_what_is_served_of_a_custom_kind(discovery: Discovery) -> None:
    """Short names, categories, verbs and URL; no subresource is taken for a kind."""
    found = find_resource("widgets", discovery.resources)
    assert (found.short_names, found.categories) == (("wd", "deploy"), ("all", "gadgets"))
    assert {"create", "get", "list"} < set(found.verbs)
    assert (found.api_version, found.singular) == (f"{GROUP}/v1", "widget")
    assert found.path("n", "a") == f"/apis/{GROUP}/v1/namespaces/n/widgets/a"
    assert not any("/" in resource.plural for resource in discovery.resources)


def test_an_api_that_is_away(discovery: Discovery) -> None:
    """It is given back as data, with client-go's words, and takes nothing else with it."""
    assert discovery.away == (Away(AWAY, f"stale GroupVersion discovery: {AWAY}"),)
    assert find_resource("deploy", discovery.resources).full_name == "deployments.apps"


def test_a_server_that_names_its_groups_alone(
    stocked: Lab, opened: Open, discovery: Discovery
) -> None:
    """Each version is asked for; the answer is the same, in the same order, and what is away is known too."""
    lines: list[str] = []
    with plain_proxy(stocked) as access:
        found = opened(access, trace=lines.append).discover()
    assert {*found.resources} == {*discovery.resources}
    assert [r.full_name for r in found.preferred] == [r.full_name for r in discovery.preferred]
    assert [entry.api_version for entry in found.away] == [AWAY]
    assert len(lines) > 20


def test_two_requests_say_it_all(stocked: Lab, opened: Open) -> None:
    """One for the core group and one for all others."""
    lines: list[str] = []
    opened(access_to(stocked), trace=lines.append).discover()
    assert [line.split()[1].removeprefix(stocked.server) for line in lines] == ["/api", "/apis"]


def test_nobody_who_may_not_ask_is_told(stocked: Lab, opened: Open) -> None:
    """A refusal of the whole is an error in the server's words."""
    stranger = with_user(access_to(stocked), token="")
    with pytest.raises(ServerError) as caught:
        opened(stranger).discover()
    assert caught.value.code in (401, 403)


@pytest.mark.parametrize("word", KNOWN)
def test_a_word_means_what_it_means_to_kubectl(
    stocked: Lab, discovery: Discovery, word: str
) -> None:
    """The same kind in the same version is listed."""
    assert find_resource(word, discovery.resources).path() == asked_by_kubectl(stocked, word)


@pytest.mark.parametrize("word", UNKNOWN)
def test_a_word_that_kubectl_does_not_know(stocked: Lab, discovery: Discovery, word: str) -> None:
    """The error is kubectl's own."""
    with pytest.raises(FieldkitError) as caught:
        find_resource(word, discovery.resources)
    theirs = stocked.kubectl("get", word, check=False).stderr.splitlines()[-1]
    if "/" not in word:  # to kubectl get a name follows
        assert caught.value.line == theirs


@pytest.mark.parametrize("word", ["List", "WidgetList"])
def test_a_kind_that_kubectl_only_guesses(discovery: Discovery, word: str) -> None:
    """kubectl asks the server for `lists`, which it knows nothing of; we say at once that there is no such kind."""
    with pytest.raises(FieldkitError, match="doesn't have a resource type"):
        find_resource(word, discovery.resources)


@pytest.mark.parametrize("category", ["all", "gadgets", "api-extensions"])
def test_a_category_is_its_kinds(stocked: Lab, discovery: Discovery, category: str) -> None:
    """The very lists that kubectl asks for, in no particular order."""
    assert is_category(category, discovery.resources)
    words = expand_categories(category, discovery.resources)
    ours = {find_resource(word, discovery.resources).path() for word in words}
    log = stocked.kubectl("get", category, "-A", "-v=6", check=False).stderr
    urls = re.findall(r'"(?:GET )?(https://[^" ]*limit=500)', log)
    assert ours == {urlsplit(url).path for url in urls}


def test_categories_stand_beside_kinds(discovery: Discovery) -> None:
    """Each kind once, in the order of the words."""
    words = expand_categories("secrets,gadgets,secrets", discovery.resources)
    assert words == ["secrets", f"widgets.{GROUP}"]
    assert not is_category("secrets", discovery.resources)

"""TARGETs on a real API server: the very objects, shape and errors of the real `kubectl get`."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.errors import FieldkitError, ServerError, UsageError
from kubectl_fieldkit.flags import Flag, take_flags
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_neat.gather import Gathered, gather
from tests.kubectl_fieldkit.cluster.stocked import (
    AWAY,
    GROUP,
    register_what_is_away,
    serve_widgets,
    widget,
)
from tests.lab.api import ApiError
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for
from tests.loading import watch

RBAC = Path(__file__).parent.parent.parent / "docs" / "rbac" / "neat.yaml"
APPS, CORE = "/apis/apps/v1/namespaces", "/api/v1/namespaces"
FLAGS = (
    Flag("-n --namespace", "", "NS", default=""),
    Flag("-A --all-namespaces", ""),
    Flag("-l --selector", "", "SELECTOR", default=""),
)

# Words and flags; kubectl is asked the same.
QUESTIONS = [
    "deploy/web",
    "deploy/web svc/web",
    "deploy,svc",
    "deploy web api",
    "deploy web",
    "deploy",
    "svc -l app=web",
    "deploy,svc -l app=web",
    "deploy,svc web",
    "Deployment.apps/web deployments.v1.apps/api",
    "all",
    "all,cm",
    "all -l app=web",
    "gadgets",
    "widgets.v1alpha1.fieldkit.example.com/w",
    "deploy -A",
    "all -A",
    "clusterroles/system:node ns/default deploy/web",
    "ns other",
    "ns -n other",
    "pods",
    "pods -l app=nobody",
    "deploy -n other",
    "deploy/web -n other",
    "deploy -l app=web -A",
    "clusterrole/edit -A",
]
MISSING = [
    "deploy nope web",
    "deploy/nope svc/web cm/neither",
    "deploy/nope",
    "deploy nope",
    "tokenreviews",
    "tokenreviews,svc",
]
WRONG = [
    "foo",
    "deploy,foo",
    "foo/web",
    "foo.apps web",
    "deploy/web svc",
    "deploy svc/web",
    "deploy/",
    "/web",
    "deploy/web/x",
    "deploy,svc/web",
    "all web",
    "deploy web -l app=web",
    "deploy/web -l app=web",
    "deploy web -A",
    "deploy/web -A",
    "deploy,",
]


@pytest.fixture(scope="module")
def stocked(programs: None) -> Iterator[Lab]:
    """Two namespaces with a few objects, widgets in `all`, and an aggregated API that is away."""
    with Lab() as own:
        serve_widgets(own)
        own.api.send("POST", CORE, {"metadata": {"name": "other"}})
        for namespace, name in [("default", "web"), ("default", "api"), ("other", "web")]:
            own.api.send("POST", f"{APPS}/{namespace}/deployments", deployment(name))
        own.api.send("POST", f"{CORE}/default/services", service("web"))
        own.api.send("POST", f"{CORE}/default/configmaps", {"metadata": {"name": "c"}})
        own.api.send("POST", f"/apis/{GROUP}/v1/namespaces/default/widgets", widget("w"))
        with open_server(own) as server:
            register_what_is_away(own, server)
        yield own


def deployment(name: str) -> dict[str, Any]:
    """A deployment with its name as the label `app`."""
    labels = {"app": name}
    template = {
        "metadata": {"labels": labels},
        "spec": {"containers": [{"name": "c", "image": "i"}]},
    }
    spec = {"selector": {"matchLabels": labels}, "template": template}
    return {"metadata": {"name": name, "labels": labels}, "spec": spec}


def service(name: str) -> dict[str, Any]:
    """A service with its name as the label `app`."""
    labels = {"app": name}
    return {"metadata": {"name": name, "labels": labels}, "spec": {"ports": [{"port": 80}]}}


def open_server(lab: Lab, kubeconfig: Path | None = None, namespace: str = "") -> ApiServer:
    """The server as a kubeconfig leads to it, by default the admin's."""
    flags = ConnectionFlags(kubeconfig=str(kubeconfig or lab.kubeconfig), namespace=namespace)
    return ApiServer(find_access(flags, {}), environ={})


def ask(lab: Lab, question: str, kubeconfig: Path | None = None) -> Gathered:
    """Our answer to a line of words and flags."""
    flags, words = take_flags(FLAGS, question.split())
    with open_server(lab, kubeconfig, flags["namespace"]) as server:
        everywhere, selector = flags["all_namespaces"], flags["selector"]
        return gather(server, words, all_namespaces=everywhere, selector=selector)


def trace(lab: Lab, question: str) -> list[str]:
    """A line for each request that a question takes."""
    lines: list[str] = []
    access = find_access(ConnectionFlags(kubeconfig=str(lab.kubeconfig)), {})
    with ApiServer(access, environ={}, trace=lines.append) as server, suppress(ServerError):
        gather(server, question.split())
    return lines


def kubectls(lab: Lab, question: str, *more: str) -> tuple[dict[str, Any], list[str]]:
    """kubectl's answer to the same, and its errors."""
    done = lab.kubectl(
        "get", *question.split(), "-o=json", "--show-managed-fields", *more, check=False
    )
    errors = [line for line in done.stderr.splitlines() if line.startswith(("error:", "Error"))]
    assert bool(errors) == bool(done.returncode)
    return json.loads(done.stdout or "{}"), errors


def by_kind(trees: Any) -> list[Any]:
    """Objects in an order that does not hang on the order of kinds: to kubectl, a category has none."""
    return sorted(trees, key=lambda tree: (tree["kind"], tree["apiVersion"]))


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_kubectl_get_gives(stocked: Lab, question: str) -> None:
    """The same objects to the last field, as one object or as a List; in the same order, save for categories."""
    gathered = ask(stocked, question)
    theirs, errors = kubectls(stocked, question)
    assert (gathered.single, list(gathered.errors), errors) == (theirs["kind"] != "List", [], [])
    items = theirs["items"] if theirs["kind"] == "List" else [theirs]
    loose = question.startswith(("all", "gadgets"))
    assert (by_kind if loose else list)(gathered.objects) == (by_kind if loose else list)(items)


@pytest.mark.parametrize("question", MISSING)
def test_what_is_not_there(stocked: Lab, question: str) -> None:
    """The others are answered; each that is missing is an error in kubectl's words; one alone is the answer."""
    theirs, errors = kubectls(stocked, question)
    try:
        gathered = ask(stocked, question)
    except ServerError as err:
        assert ([err.line], theirs) == (errors, {})
        return
    assert [err.line for err in gathered.errors] == errors
    assert list(gathered.objects) == theirs["items"]


@pytest.mark.parametrize("question", WRONG)
def test_what_makes_no_sense(stocked: Lab, question: str) -> None:
    """The error is kubectl's."""
    with pytest.raises(FieldkitError) as caught:
        ask(stocked, question)
    _, [theirs] = kubectls(stocked, question)
    assert f"error: {caught.value.message}" == theirs


def test_an_object_of_a_built_in_kind_is_one_request(stocked: Lab) -> None:
    """Nobody needs to ask what is served, be it one object or several; a list may be of any kind."""
    questions = {
        "deploy/web": ["deployments/web"],
        "deploy,svc web": ["deployments/web", "services/web"],
        "svc": ["/api", "/apis", "services"],
        "widget/w": ["/api", "/apis", "widgets/w"],
        "deploy/nope": ["deployments/nope", "/api", "/apis", "deployments/nope"],
    }
    for question, paths in questions.items():
        asked = [line.split()[1].partition("?")[0] for line in trace(stocked, question)]
        ends = [path.endswith(end) for path, end in zip(asked, paths, strict=True)]
        assert all(ends), asked


def test_a_custom_kind_may_have_a_built_in_ones_word(stocked: Lab) -> None:
    """To kubectl a plural comes before any short name: so it is read where it alone has the name."""
    words = {"plural": "quota", "singular": "quota", "kind": "Quota", "listKind": "QuotaList"}
    group, path = f"quotas.{GROUP}", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    schema = {"openAPIV3Schema": {"type": "object"}}
    version = {"name": "v1", "served": True, "storage": True, "schema": schema}
    spec = {"group": group, "scope": "Namespaced", "names": words, "versions": [version]}
    definition = {"metadata": {"name": f"quota.{group}"}, "spec": spec}
    stocked.api.send("POST", path, definition)
    place = f"/apis/{group}/v1/namespaces/default/quota"
    try:
        wait_for("the kind", lambda: group in stocked.kubectl("api-resources", check=False).stdout)
        made = {"apiVersion": f"{group}/v1", "kind": "Quota", "metadata": {"name": "q"}}
        wait_for("its room", lambda: is_made(stocked, place, made))
        theirs, _ = kubectls(stocked, "quota/q")
        assert ask(stocked, "quota/q").objects == (theirs,)
        assert theirs["kind"] == "Quota"
    finally:
        stocked.api.send("DELETE", f"{path}/quota.{group}")


def is_made(lab: Lab, path: str, tree: dict[str, Any]) -> bool:
    """Whether the server took the object."""
    try:
        lab.api.send("POST", path, tree)
    except ApiError:
        return False
    return True


def test_what_a_plain_object_does_not_take_is_not_loaded(stocked: Lab) -> None:
    """No YAML parser for a kubeconfig as kubectl writes it, and nothing that comments or other answers need."""
    watched = {
        "yaml",
        "kubectl_neat.cutting",
        "kubectl_neat.explaining",
        "kubectl_fieldkit.targets",
    }
    argv = ["deploy/web", "--kubeconfig", str(stocked.kubeconfig)]
    printed, loaded = watch("neat", argv, watched)
    assert printed.startswith("apiVersion: apps/v1\nkind: Deployment\n")
    assert loaded == "set()"


def test_a_name_that_is_empty(stocked: Lab) -> None:
    """It would ask for all of them."""
    with open_server(stocked) as server, pytest.raises(UsageError) as caught:
        gather(server, ["deploy", ""])
    assert caught.value.message == "resource name may not be empty"


def test_each_target_once(stocked: Lab) -> None:
    """However often, and by whatever name, it is asked for; kubectl would print it as often."""
    for question in ("deploy/web deployment.apps/web deploy/web", "deploy,Deployment web"):
        gathered = ask(stocked, question)
        assert (gathered.single, len(gathered.objects)) == (True, 1)


def test_what_is_away_is_named_where_it_may_matter(stocked: Lab) -> None:
    """A category may have kinds there; a kind that we found does not; an unknown one may be there."""
    assert [entry.api_version for entry in ask(stocked, "all").away] == [AWAY]
    assert ask(stocked, "deploy").away == ()
    with pytest.raises(FieldkitError) as caught:
        ask(stocked, "gizmos")
    assert caught.value.line == (
        'error: the server doesn\'t have a resource type "gizmos" (or it is one of'
        f" {AWAY}, which is away)"
    )


def test_a_kind_that_may_not_be_read(stocked: Lab) -> None:
    """The others of the category are answered; the right that is lacking is named, and where it is written."""
    user = stocked.user("reader", ROLE)
    gathered = ask(stocked, "all", user)
    assert {tree["kind"] for tree in gathered.objects} == {"Deployment"}
    lines = {err.line for err in gathered.errors}
    assert len(lines) > 5
    assert (
        'Error from server (Forbidden): services is forbidden: User "reader" cannot list resource'
        ' "services" in API group "" in the namespace "default" (it takes the right to list services:'
        " see docs/rbac/neat.yaml)" in lines
    )
    with pytest.raises(ServerError) as caught:
        ask(stocked, "deploy/web", user)
    assert "it takes the right to get deployments.apps: see docs/rbac/neat.yaml" in str(
        caught.value
    )


def test_the_rights_of_the_documented_role(stocked: Lab) -> None:
    """They are enough for every built-in kind that can be read, Secrets apart, and for nothing else."""
    user = stocked.user("documented", RBAC)
    with open_server(stocked) as server:
        kinds = [r for r in server.discover().preferred if {"get", "list"} <= {*r.verbs}]
    words = [r.full_name for r in kinds if r.group not in ("", GROUP)] + ["cm", "svc", "ns", "pods"]
    assert ask(stocked, f"{','.join(words)} -A", user).errors == ()
    everything = ask(stocked, f"{','.join(r.full_name for r in kinds)} -A", user)
    refused = sorted(err.message.split()[0] for err in everything.errors)
    assert refused == ["componentstatuses", "secrets", f"widgets.{GROUP}"]


ROLE = """
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: deployments-alone
rules:
- apiGroups: [apps]
  resources: [deployments]
  verbs: [list]
"""

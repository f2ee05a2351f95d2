"""`kubectl neat` and a real API server: what it reads there, and what --verify proves."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kubectl_fieldkit.cluster.server import ApiServer
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.yaml_document import parse_yaml
from kubectl_neat.neat_text import NeatObject
from kubectl_neat.neating import Known, Neat
from kubectl_neat.verifying import verify
from tests.kubectl_neat.plugin import neat
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

CASES = Path(__file__).parent / "cases"
WIDGET = {
    "apiVersion": "example.com/v1",
    "kind": "Widget",
    "metadata": {"name": "w", "namespace": "default"},
    "spec": {"selfSigned": {}, "parts": [{"name": "a"}, {"name": "b", "weight": 2}]},
}
WEB = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "web", "namespace": "default"},
    "spec": {
        "replicas": 2,
        "selector": {"matchLabels": {"app": "web"}},
        "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {"containers": [{"name": "c", "image": "nginx:1.29"}]},
        },
    },
}
SERVICE = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "web", "namespace": "default"},
    "spec": {
        "type": "NodePort",
        "selector": {"app": "web"},
        "ports": [{"name": "a", "port": 80, "nodePort": 30080}, {"name": "b", "port": 81}],
    },
}


@pytest.fixture(scope="module")
def stocked(own_lab: Lab) -> Lab:
    """The lab with a custom resource, a Deployment whose pods are there, and a Service."""
    lab = own_lab
    lab.kubectl("create", "-f", CASES / "widgets.yaml")
    lab.kubectl("wait", "--for=condition=established", "crd/widgets.example.com")
    wait_for("the widgets", lambda: not lab.kubectl("get", "widgets", check=False).returncode)
    for tree in (WIDGET, WEB, SERVICE):
        lab.kubectl("create", "-f", "-", input=json.dumps(tree))
    wait_for("two pods", lambda: len(_names(lab, "pods")) == 2)
    return lab


def _names(lab: Lab, kind: str) -> list[str]:
    return lab.kubectl("get", kind, "-o", "name").stdout.split()


@pytest.mark.parametrize("tree", [WIDGET, WEB, SERVICE], ids=lambda tree: tree["kind"])
def test_what_was_created_comes_back(stocked: Lab, tree: dict[str, Any]) -> None:
    """The defaults of a custom resource go by the server's schema, and a node port that was asked for stays."""
    code, out, err = neat(stocked.kubeconfig, f"{tree['kind']}/{tree['metadata']['name']}")
    assert (code, err) == (0, "")
    assert parse_yaml(out.encode()) == tree


def test_owned_objects_are_named_with_their_owner(stocked: Lab) -> None:
    """They are shown, and stderr says who makes them."""
    code, out, err = neat(stocked.kubeconfig, "pods", "-l", "app=web")
    assert code == 0
    assert "ownerReferences" not in out
    assert "pod-template-hash" not in out
    assert " and 1 more: owned by replicaset/web-" in err


def test_targets_that_are_not_there_do_not_hide_others(stocked: Lab) -> None:
    """They are errors in kubectl's words, and the exit code is 1."""
    code, out, err = neat(stocked.kubeconfig, "deploy/web", "deploy/gone", "svc/web")
    assert code == 1
    assert [item["kind"] for item in parse_yaml(out.encode())["items"]] == ["Deployment", "Service"]  # type: ignore[index]
    assert err == 'Error from server (NotFound): deployments.apps "gone" not found\n'


def test_verify_proves_what_is_neat(stocked: Lab) -> None:
    """Of a List: nothing is lost and nothing left."""
    code, out, err = neat(stocked.kubeconfig, "deploy,svc,widgets", "--verify", "-o", "json")
    assert (code, err) == (0, "")
    verdicts = {(o["kind"], o["name"]): o["verdict"] for o in json.loads(out)["objects"]}
    assert set(verdicts.values()) == {"proven"}
    assert {("Deployment", "web"), ("Service", "web"), ("Widget", "w")} <= verdicts.keys()


def test_verify_finds_what_is_lost(stocked: Lab) -> None:
    """By its path; exit 1."""
    code, out, _ = neat(stocked.kubeconfig, "deploy/web", "--verify", "--drop", "spec.replicas")
    assert code == 1
    assert "deployment/web in default   LOST      lost spec.replicas" in out


def test_verify_finds_what_is_left(stocked: Lab) -> None:
    """What the server would fill in again, and only that."""
    code, live, _ = neat(stocked.kubeconfig, "deploy/web", "-o", "json", "--keep", "spec")
    assert code == 0
    tree = json.loads(live)
    with _server(stocked) as server:
        whole = NeatObject(tree, Neat(tree, (), ()))
        (found,) = verify(server, [whole], Known())
    assert found.lost == ()
    assert {"spec.progressDeadlineSeconds", "spec.template.spec.dnsPolicy"} <= set(found.left)
    assert not {"spec.replicas", "spec.template.spec.containers[0].image"} & set(found.left)


def test_verify_says_what_the_server_refuses(stocked: Lab) -> None:
    """An object that cannot be made anew is not proven: exit 1, with the server's words."""
    drop = "spec.template.spec.containers[0].name"
    code, out, _ = neat(stocked.kubeconfig, "deploy/web", "--verify", "--drop", drop)
    assert code == 1
    assert "UNKNOWN" in out
    assert "Required value" in out


def test_verify_leaves_nothing_behind(stocked: Lab) -> None:
    """Nothing that was asked for is stored."""
    before = _names(stocked, "deploy,svc,widgets")
    neat(stocked.kubeconfig, "deploy,svc,widgets", "--verify")
    assert _names(stocked, "deploy,svc,widgets") == before


def test_verify_of_a_file(stocked: Lab, tmp_path: Path) -> None:
    """A manifest that nobody has applied yet."""
    file = tmp_path / "web.yaml"
    file.write_text(json.dumps(WEB))
    code, out, err = neat(stocked.kubeconfig, "-f", file, "--verify")
    assert (code, err) == (0, "")
    assert "PROVEN" in out


def test_without_a_server_the_error_says_so() -> None:
    """TARGET and --verify need one; a file does not."""
    code, out, err = neat(Path("/nonexistent"), "deploy/web")
    assert (code, out) == (1, "")
    assert "/nonexistent" in err or "localhost:8080" in err


@contextmanager
def _server(lab: Lab) -> Iterator[ApiServer]:
    access = find_access(ConnectionFlags(kubeconfig=str(lab.kubeconfig)), {})
    with ApiServer(access, environ={}) as server:
        yield server

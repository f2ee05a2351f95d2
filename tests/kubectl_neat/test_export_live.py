"""A whole cluster as files, and from the files another one like it."""

import json
import shlex
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import Struct

from tests.kubectl_neat.authoring import AROUND, ROOMS, corpus
from tests.kubectl_neat.dry_server import DryServer
from tests.kubectl_neat.exporting import content, export
from tests.lab.api import ApiError
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

RBAC = Path(__file__).parent.parent.parent / "docs" / "rbac" / "neat.yaml"
Tree = dict[str, Any]


class Written(Struct, frozen=True):
    """A cluster with an object or more of every kind, and its first export."""

    lab: Lab
    folder: Path
    document: Tree


@pytest.fixture(scope="module")
def written(own_lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The manifests of `authored/`, applied, and exported with Secrets."""
    _write(own_lab)
    folder = tmp_path_factory.mktemp("export") / "all of it"
    arguments = ("-A", "--secrets", "--output-dir", folder, "-o", "json")
    _, said, _ = export(own_lab.kubeconfig, *arguments)
    return Written(own_lab, folder, json.loads(said))


@pytest.fixture(scope="module")
def other(programs: None) -> Iterator[Lab]:
    """A cluster with nothing in it."""
    with Lab(scheduler=True, controllers=True) as lab:
        yield lab


def test_the_files_make_another_cluster_the_same(
    written: Written, other: Lab, tmp_path: Path
) -> None:
    """The real kubectl applies them as the summary says, without an error, and they are what it then has.

    But for what is null in a custom resource: kubectl apply takes it for absent.
    """
    commands = written.document["apply"]
    assert len(commands) == 2  # the CustomResourceDefinitions first
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "kubectl"
        done = other.kubectl(*words[1:], check=False)
        assert (done.returncode, _errors(done.stderr)) == (0, [])
    again = tmp_path / "again"
    export(other.kubeconfig, "-A", "--secrets", "--output-dir", again)
    assert _trees(again) == _trees(written.folder)


def test_what_was_written_has_a_file(written: Written) -> None:
    """Every manifest of a kind that users write, and next to nothing else."""
    files = {(file["kind"], file["namespace"], file["name"]) for file in written.document["files"]}
    never = {
        each["kind"] for each in written.document["leftOut"] if each["rule"] == "never-written"
    }
    places = {
        (tree["kind"], tree["metadata"].get("namespace", ""), tree["metadata"]["name"])
        for tree in _manifests(written.lab)
        if tree["kind"] not in never
    }
    around = {
        (tree["kind"], tree["metadata"]["name"])
        for file in AROUND.glob("*.yaml")
        for tree in yaml.safe_load_all(file.read_text())
    }
    assert places - files == {("Secret", "plain", "account-token")}
    rest = {(kind, name) for kind, _, name in files - places}
    assert rest - around == {("Namespace", room) for room in ROOMS}


def test_nothing_that_the_cluster_makes_is_exported(written: Written) -> None:
    """Each is listed with its rule; what is owned, with its owner."""
    left = {
        (each["kind"], each["namespace"], each["name"]): each
        for each in written.document["leftOut"]
    }
    assert left["ConfigMap", "plain", "kube-root-ca.crt"]["rule"] == "root-ca-publisher"
    assert left["ServiceAccount", "spare", "default"]["rule"] == "default-service-account"
    assert left["Service", "default", "kubernetes"]["rule"] == "control-plane"
    assert left["Secret", "plain", "account-token"]["rule"] == "service-account-token"
    assert left["ClusterRole", "", "cluster-admin"]["rule"] == "rbac-defaults"
    owned = {(each["kind"], each["owner"].partition("/")[0]) for each in left.values()}
    assert owned >= {
        ("ReplicaSet", "Deployment"),
        ("Pod", "ReplicaSet"),
        ("Pod", "DaemonSet"),
        ("Pod", "Job"),
    }
    assert all(each["reason"] for each in left.values())
    assert {each["rule"] for each in left.values()} >= {
        *("owned", "endpoint-controller", "initial-namespace", "statefulset-claim"),
        *("automanaged-api-service", "priority-and-fairness-defaults", "never-written"),
    }


def test_an_api_that_is_away_is_named(written: Written) -> None:
    """The cluster has APIServices without a server behind them: their objects are missing, and exit code 1 says so."""
    unread = {each["resource"] for each in written.document["incomplete"]}
    groups = {tree["spec"]["group"] for tree in corpus().values() if tree["kind"] == "APIService"}
    assert {resource.partition("/")[0] for resource in unread} == groups
    code, _, talk = export(
        written.lab.kubeconfig, "-A", "--secrets", "--output-dir", written.folder
    )
    assert code == 1
    assert talk.startswith("error: these could not be read, and are missing: ")


def test_a_second_run_changes_no_byte(written: Written) -> None:
    """And writes none: the files keep their times."""
    before = {path: path.stat() for path in written.folder.rglob("*")}
    arguments = ("-A", "--secrets", "--output-dir", written.folder, "-o", "json")
    _, said, _ = export(written.lab.kubeconfig, *arguments)
    assert {file["state"] for file in json.loads(said)["files"]} == {"unchanged"}
    assert {path: path.stat() for path in written.folder.rglob("*")} == before


def test_a_namespace_alone(written: Written, tmp_path: Path) -> None:
    """Is its folder of the whole; Secrets are not written unless that is asked for, but named."""
    everything = content(written.folder)
    wanted = {place: data for place, data in everything.items() if "namespaces/plain/" in place}
    secrets = {place for place in wanted if "/21-secret_" in place}
    _, said, _ = export(
        written.lab.kubeconfig, "-n", "plain", "--output-dir", tmp_path, "-o", "json"
    )
    assert secrets
    assert content(tmp_path) == {place: wanted[place] for place in wanted.keys() - secrets}
    named = [each for each in json.loads(said)["leftOut"] if each["rule"] == "secret"]
    assert len(named) == len(secrets)
    assert {path.stat().st_mode & 0o777 for path in written.folder.rglob("21-secret_*")} == {0o600}


def test_what_a_user_may_not_list(written: Written, tmp_path: Path) -> None:
    """With the rights of docs/rbac all but custom resources is exported, and those are named; nothing of theirs is gone.

    Secrets that were exported before are not gone either: they are not asked for.
    """
    export(written.lab.kubeconfig, "-n", "plain", "--secrets", "--output-dir", tmp_path)
    before = content(tmp_path)
    kubeconfig = written.lab.user("reader", RBAC)
    code, said, talk = export(kubeconfig, "-n", "plain", "--output-dir", tmp_path, "-o", "json")
    document = json.loads(said)
    assert code == 1
    refused = {each["resource"] for each in document["incomplete"] if each["verb"] == "list"}
    assert {"fields.fields.example.com"} <= {name for name in refused if "/" not in name}
    assert all(name.endswith("example.com") for name in refused if "/" not in name)
    assert "fields.fields.example.com" in talk
    assert document["gone"] == []
    assert [each["name"] for each in document["leftOut"] if each["rule"] == "secret"] == [""]
    assert content(tmp_path) == before


def test_what_has_come_to_nothing_is_named_and_left(written: Written, tmp_path: Path) -> None:
    """A file whose object is gone, where its kind could be read."""
    lab, place = written.lab, "namespaces/spare/22-configmap_brief.yaml"
    lab.kubectl("create", "configmap", "-n", "spare", "brief")
    export(lab.kubeconfig, "-n", "spare", "--output-dir", tmp_path)
    before = content(tmp_path)
    lab.kubectl("delete", "configmap", "-n", "spare", "brief")
    assert place in before
    _, said, talk = export(lab.kubeconfig, "-n", "spare", "--output-dir", tmp_path, "-o", "json")
    assert json.loads(said)["gone"] == [place]
    assert "warning: 1 file of an earlier export has no object any more" in talk
    assert content(tmp_path) == before


def _write(lab: Lab) -> None:
    """Each manifest in its namespace, and what they need."""
    lab.add_node("node-a")
    lab.kubectl("apply", "-f", AROUND / "definitions.yaml", "-f", AROUND / "cluster.yaml")
    for room in ROOMS:
        lab.kubectl("create", "namespace", room)
        lab.kubectl("apply", "-n", room, "-f", AROUND / "namespace.yaml")
        wait_for("the account of a namespace", partial(_has_account, lab, room))
    lab.kubectl("apply", "-n", "limited", "-f", AROUND / "limited.yaml")
    lab.kubectl("wait", "--for=condition=Established", "crd", "--all")
    everything = {"apiVersion": "v1", "kind": "List", "items": _manifests(lab)}
    lab.kubectl("apply", "-f", "-", input=json.dumps(everything))
    wait_for("pods of every controller", lambda: _has_pods(lab, {"ReplicaSet", "DaemonSet", "Job"}))
    wait_for(
        "a StatefulSet's claims", lambda: "data-rich" in lab.kubectl("get", "pvc", "-A").stdout
    )
    wait_for(
        "a Service's Endpoints",
        lambda: "cluster-ip" in lab.kubectl("get", "endpoints", "-A").stdout,
    )


def _manifests(lab: Lab) -> list[Tree]:
    """Those of `authored/`, each with its namespace."""
    trees = []
    with DryServer(lab) as server:
        for tree in corpus().values():
            namespace = tree["metadata"].get("namespace", "plain")
            place = {"namespace": namespace} if server.is_namespaced(tree) else {}
            trees.append({**tree, "metadata": {**tree["metadata"], **place}})
    return trees


def _has_account(lab: Lab, namespace: str) -> bool:
    try:
        lab.api.send("GET", f"/api/v1/namespaces/{namespace}/serviceaccounts/default")
    except ApiError:
        return False
    return True


def _has_pods(lab: Lab, owners: set[str]) -> bool:
    pods = lab.api.send("GET", "/api/v1/pods")["items"]
    kinds = {owner["kind"] for pod in pods for owner in pod["metadata"].get("ownerReferences", ())}
    return owners <= kinds


def _errors(talk: str) -> list[str]:
    return [line for line in talk.splitlines() if not line.startswith("Warning: ")]


def _trees(folder: Path) -> dict[str, Any]:
    return {place: _without_nulls(yaml.safe_load(data)) for place, data in content(folder).items()}


def _without_nulls(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _without_nulls(value) for key, value in tree.items() if value is not None}
    return [_without_nulls(item) for item in tree] if isinstance(tree, list) else tree

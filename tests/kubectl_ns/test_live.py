"""`kubectl ns` on a real API server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kubectl_ns.plugin import ns
from tests.lab.lab import Lab

RBAC = Path(__file__).parent.parent.parent / "docs" / "rbac" / "ns.yaml"


@pytest.fixture(scope="module")
def cluster(lab: Lab) -> Iterator[Lab]:
    """The shared control plane with namespaces whose numbers sort otherwise than their letters."""
    names = ["ns-test-10", "ns-test-2", "ns-test-held"]
    for name in names:
        lab.kubectl("create", "namespace", name)
    yield lab
    for name in names:
        lab.kubectl("delete", "namespace", name, "--wait=false")


@pytest.fixture
def file(cluster: Lab, tmp_path: Path) -> Path:
    """An administrator's kubeconfig, to be changed."""
    path = tmp_path / "config"
    path.write_bytes(cluster.kubeconfig.read_bytes())
    return path


def test_a_namespace_that_exists(file: Path) -> None:
    """Is switched to, once the server has said so."""
    assert ns(file, "ns-test-2") == (0, "", '✔ Active namespace is "ns-test-2".\n')
    assert ns(file, "-c") == (0, "ns-test-2\n", "")


def test_a_namespace_that_does_not(file: Path) -> None:
    """Is not, and one that was used and is near is offered."""
    ns(file, "ns-test-2")
    before = file.read_bytes()
    code, _, talk = ns(file, "ns-test-3")
    assert code == 1
    assert talk.startswith(
        'error: no namespace exists with name "ns-test-3" (did you mean "ns-test-2"?'
    )
    assert file.read_bytes() == before


def test_the_way_back_is_verified(cluster: Lab, file: Path) -> None:
    """As kubens does: what is gone by now is said, and not switched to; -f does all the same."""
    cluster.kubectl("create", "namespace", "ns-test-brief")
    ns(file, "ns-test-brief")
    assert ns(file, "ns-test-2")[0] == 0
    assert ns(file, "-") == (0, "", '✔ Active namespace is "ns-test-brief".\n')
    assert ns(file, "-") == (0, "", '✔ Active namespace is "ns-test-2".\n')
    _remove(cluster, "ns-test-brief")
    code, _, talk = ns(file, "-")
    assert (code, ns(file, "-c")[1]) == (1, "ns-test-2\n")
    assert talk.startswith('error: no namespace exists with name "ns-test-brief" (did you mean')
    assert 'mean "ns-test-brief"' not in talk
    assert ns(file, "-", "-f") == (0, "", '✔ Active namespace is "ns-test-brief".\n')


def _remove(lab: Lab, name: str) -> None:
    """Altogether: no controller runs that would finalize it."""
    lab.kubectl("delete", "namespace", name, "--wait=false")
    meta = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
    finalized = json.dumps(meta | {"spec": {"finalizers": []}})
    lab.kubectl(
        "replace", "--raw", f"/api/v1/namespaces/{name}/finalize", "-f", "-", input=finalized
    )


def test_the_list_is_in_natural_order(file: Path) -> None:
    """One name a line; with -o wide status and age, the current one marked."""
    code, shown, talk = ns(file)
    assert (code, talk) == (0, "")
    names = shown.splitlines()
    assert names.index("ns-test-2") + 1 == names.index("ns-test-10")
    assert "kube-system" in names
    ns(file, "ns-test-10")
    rows = [line.split() for line in ns(file, "-o", "wide")[1].splitlines()]
    assert rows[0] == ["CURRENT", "NAME", "STATUS", "AGE"]
    assert [row[:3] for row in rows if row[0] == "*"] == [["*", "ns-test-10", "Active"]]
    document = json.loads(ns(file, "-o", "json")[1])
    assert document["kind"] == "NamespaceList"
    assert [item["name"] for item in document["items"] if item["current"]] == ["ns-test-10"]


def test_a_namespace_that_is_going(cluster: Lab, file: Path) -> None:
    """Is marked, and a switch to it warns; without controllers it stays forever."""
    cluster.kubectl("delete", "namespace", "ns-test-held", "--wait=false")
    code, _, talk = ns(file, "ns-test-held")
    assert code == 0
    assert 'warning: namespace "ns-test-held" is terminating' in talk
    rows = [line.split() for line in ns(file, "-o", "wide", "--no-headers")[1].splitlines()]
    assert ["*", "ns-test-held", "Terminating"] in [row[:3] for row in rows]


def test_without_rights_it_switches_and_says_so(cluster: Lab, tmp_path: Path) -> None:
    """What it could not verify, and the remembered names where a list is refused."""
    limited = _copy(cluster.user("ns-nobody", ""), tmp_path)
    code, _, talk = ns(limited)
    assert code == 1
    assert "cannot list resource" in talk
    assert "docs/rbac/ns.yaml" in talk
    code, _, talk = ns(limited, "ns-test-2")
    assert code == 0
    assert 'warning: could not verify that namespace "ns-test-2" exists: ' in talk
    assert talk.endswith('✔ Active namespace is "ns-test-2".\n')
    ns(limited, "ns-test-10")
    code, shown, talk = ns(limited)
    assert (code, shown) == (0, "ns-test-2\nns-test-10\n")
    assert "warning: these are remembered, the cluster shows none: " in talk
    document = json.loads(ns(limited, "-o", "json")[1])
    (unread,) = document["incomplete"]
    assert (unread["affects"], unread["settledBy"]) == (["items"], "the right to list namespaces")
    assert {item["status"] for item in document["items"]} == {"Unknown"}


def test_the_least_rights_are_enough(cluster: Lab, file: Path, tmp_path: Path) -> None:
    """docs/rbac/ns.yaml: the answers are an administrator's."""
    limited = _copy(cluster.user("ns-least", RBAC), tmp_path)
    assert ns(limited) == ns(file)
    assert ns(limited, "ns-test-2") == (0, "", '✔ Active namespace is "ns-test-2".\n')


def _copy(kubeconfig: Path, folder: Path) -> Path:
    path = folder / "limited"
    path.write_bytes(kubeconfig.read_bytes())
    return path

"""What names, other files, other users and a killed run do to an export."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.verbs import parse
from kubectl_neat.cli import VERBS
from tests.kubectl_neat.exporting import COMMAND, content, environ, export
from tests.lab.lab import Lab

# RBAC takes whatever can stand between two slashes of a URL.
NAMES = [
    *("a", "A", "aa", "aA", "a41", "con", "nul", "a.b", "a:b", "system:a", "..a", "...", "-rf", "~"),
    *("a b", " ", "a\nb", "a\x1b[31mb", "$(touch x)", "`x`", "'", '"', "\\", "a\\b", "*", "?", "a_b", "_"),
    *("é", "e\u0301", "ß", "SS", "\u202eb", "😀", "n" * 253, "N" * 253, "N" * 252 + "n", "é" * 200),
]  # fmt: skip
MANY = 400


@pytest.fixture(scope="module")
def cluster(lab: Lab) -> Iterator[Lab]:
    """The shared control plane with a namespace of hostile names, and one of many objects."""
    names = ["export-names", "export-many"]
    for name in names:
        lab.kubectl("create", "namespace", name)
    for name in NAMES:
        role = {"metadata": {"name": name}, "rules": []}
        path = "/apis/rbac.authorization.k8s.io/v1/namespaces/export-names/roles"
        lab.api.send("POST", path, role)
    for i in range(MANY):
        config = {"metadata": {"name": f"many-{i}"}, "data": {"key": f"{i} " * 2000}}
        lab.api.send("POST", "/api/v1/namespaces/export-many/configmaps", config)
    yield lab
    for name in names:
        lab.kubectl("delete", "namespace", name, "--wait=false")


def test_hostile_names(cluster: Lab, tmp_path: Path) -> None:
    """Each has a file of its own, also where case does not count; none is elsewhere, and kubectl reads them all."""
    out = tmp_path / "out"
    code, said, talk = export(cluster.kubeconfig, "-n", "export-names", "--output-dir", out)
    assert (code, talk) == (0, "")
    assert "\x1b" not in said
    files = content(tmp_path)
    roles = {
        place: yaml.safe_load(data)["metadata"]["name"]
        for place, data in files.items()
        if place.startswith("out/namespaces/export-names/42-role_")
    }
    assert sorted(roles.values()) == sorted(NAMES)
    assert len({place.casefold() for place in roles}) == len(NAMES)
    assert files.keys() - roles.keys() == {
        "out/namespaces/export-names/00-namespace_export-names.yaml"
    }
    done = cluster.kubectl("apply", "--dry-run=client", "-R", "-f", out, "-o", "json")
    items = json.loads(done.stdout)["items"]
    assert {item["metadata"]["name"] for item in items} == {*NAMES, "export-names"}


def test_a_run_that_is_killed_leaves_whole_files(cluster: Lab, tmp_path: Path) -> None:
    """At whatever point: each file is complete, and the next run ends the work and leaves nothing of the killed one."""
    whole = tmp_path / "whole"
    arguments = ("-n", "export-many", "--output-dir")
    assert export(cluster.kubeconfig, *arguments, whole)[0] == 0
    wanted = content(whole)
    assert len(wanted) == MANY + 1
    halves = []
    for files in range(0, 200, 20):
        out = tmp_path / str(files)
        _kill_after(files, [*COMMAND, *arguments, str(out)], cluster, out)
        found = {place: data for place, data in content(out).items() if place.endswith(".yaml")}
        assert found == {place: wanted[place] for place in found}
        halves += [out] if 0 < len(found) < len(wanted) else []
    assert halves
    for out in halves:
        assert export(cluster.kubeconfig, *arguments, out)[0] == 0
        assert content(out) == wanted


def _kill_after(files: int, command: list[str], cluster: Lab, out: Path) -> None:
    """Ends the run as soon as more than so many files are seen."""
    nowhere = subprocess.DEVNULL
    kubeconfig = environ(cluster.kubeconfig)
    running = subprocess.Popen(command, env=kubeconfig, stdout=nowhere, stderr=nowhere)
    while running.poll() is None and _count(out) <= files:
        time.sleep(0.0005)
    running.send_signal(signal.SIGKILL)
    running.wait()


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.rglob("*.yaml"))


def test_files_of_somebody_else_stay(cluster: Lab, tmp_path: Path) -> None:
    """The rest is written, the exit code is 1, and stderr says why."""
    place = "namespaces/export-many/22-configmap_many-7.yaml"
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_text("theirs\n")
    code, said, talk = export(cluster.kubeconfig, "-n", "export-many", "--output-dir", tmp_path)
    assert code == 1
    assert talk.splitlines() == [
        f'error: "{tmp_path / place}" is no export of the object that belongs there '
        "(it is left as it is: move it away, or choose another --output-dir)"
    ]
    assert "Not written\n" in said
    assert (tmp_path / place).read_text() == "theirs\n"
    assert len(content(tmp_path)) == MANY + 1


def test_a_namespace_that_is_not_there(cluster: Lab, tmp_path: Path) -> None:
    """Is an error in kubectl's words, and no folder is made."""
    out = tmp_path / "out"
    code, said, talk = export(cluster.kubeconfig, "-n", "export-none", "--output-dir", out)
    assert (code, said) == (1, "")
    assert talk == 'Error from server (NotFound): namespaces "export-none" not found\n'
    assert not out.exists()


def test_a_user_who_may_do_nothing(cluster: Lab, tmp_path: Path) -> None:
    """Every kind is named, Secrets aside, which are not asked for; no file is written."""
    nothing = "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: export-nothing}, rules: []}"
    kubeconfig = cluster.user("export-nobody", nothing)
    arguments = ("-n", "export-many", "--output-dir", tmp_path, "-o", "json")
    code, said, talk = export(kubeconfig, *arguments)
    document = json.loads(said)
    refused = {(each["verb"], each["resource"]) for each in document["incomplete"]}
    assert code == 1
    assert {("get", "namespaces"), ("list", "configmaps"), ("list", "deployments.apps")} <= refused
    assert ("list", "secrets") not in refused
    assert "namespaces, networkpolicies.networking.k8s.io" in talk
    assert (document["files"], document["apply"], content(tmp_path)) == ([], [], {})


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ("export", "--output-dir is required"),
        ("export --output-dir=", "--output-dir is required"),
        ("export web --output-dir x", 'unexpected argument "web"'),
        ("export --output-dir x -o csv", "csv"),
        ("export --output-dir", "--output-dir"),
    ],
)
def test_wrong_usage(argv: str, words: str) -> None:
    """Is said before anybody is asked."""
    with pytest.raises(UsageError) as wrong:
        parse("neat", VERBS, argv.split())
    assert words in str(wrong.value)

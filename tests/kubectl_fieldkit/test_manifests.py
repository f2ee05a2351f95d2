"""Manifests as `-f` takes them: what is read, on which lines, and the words for what cannot be."""

import json
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest

from kubectl_fieldkit.errors import FieldkitError, UsageError
from kubectl_fieldkit.manifests import read_manifests
from kubectl_fieldkit.objects.pod import PODS
from tests.lab.lab import Lab

POD = """apiVersion: v1
kind: Pod
metadata: {name: p, labels: null}
spec:
  tolerations:
  - key: a
    Operator: Exists
"""
LIST = """# a comment
---
kind: List
apiVersion: v1
items:
- {apiVersion: v1, kind: Pod, metadata: {name: a}}
- apiVersion: v1
  kind: PodList
  items:
  - metadata: {name: b}
---
# nothing here
---
{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "c"}}
"""


def _write(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(text)
    return str(file)


def test_an_object_knows_its_lines_and_its_fields(tmp_path: Path) -> None:
    """As it was written, and as the API would understand it."""
    file = _write(tmp_path, "pod.yaml", "\n" + POD)
    (manifest,) = read_manifests([file])
    assert (manifest.kind, manifest.name, manifest.place) == ("Pod", "p", f"{file}:2")
    pod = manifest.decode(PODS)
    assert (pod.metadata.labels, pod.spec.tolerations[0].operator) == ({}, "")
    assert manifest.find("spec", "tolerations") == [{"key": "a", "Operator": "Exists"}]
    assert manifest.find("spec", "tolerations", "key") is None


def test_lists_and_documents_are_taken_apart(tmp_path: Path) -> None:
    """Lists in lists, typed lists, empty documents, JSON among YAML."""
    found = read_manifests([_write(tmp_path, "list.yaml", LIST)])
    assert [(m.kind, m.name, m.place.rpartition(":")[2]) for m in found] == [
        ("Pod", "a", "6"),
        ("Pod", "b", "10"),
        ("Node", "c", "14"),
    ]


def test_a_folder_is_its_files_and_no_folder_below(tmp_path: Path) -> None:
    """By name, and only those that kubectl would take."""
    (tmp_path / "below").mkdir()
    for name in ("b.yaml", "a.yml", "c.json", "d.txt", "below/e.yaml"):
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}}
        _write(tmp_path, name, json.dumps(pod, indent="\t"))
    assert [m.name for m in read_manifests([str(tmp_path)])] == ["a.yml", "b.yaml", "c.json"]


def test_standard_input_is_a_file_too() -> None:
    """`-f -`, and its findings name STDIN."""
    lint = [sys.executable, "-m", "kubectl_taints", "lint", "-f", "-", "-o", "json"]
    done = subprocess.run(lint, input=POD, capture_output=True, text=True, check=True)
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["evidence"] == ["STDIN:7"]


ALIASES = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a: b: c\n", "error parsing {}: yaml: line 1: mapping values are not allowed in this context"),
        ("- a\n", "error parsing {}: a document is no object"),
        ("text", "error parsing {}: a document is no object"),
        ("{}", "error parsing {}: a document is no object"),
        ("\n\nkind: Pod\n", "{}:3: the object has no apiVersion"),
        ("apiVersion: v1\nkind: [Pod]\n", "{}:1: the object has no kind"),
        (ALIASES, "error parsing {}: yaml: document contains excessive aliasing"),
        ("[" * 5000, "error parsing {}: yaml: line 1: exceeded maximum nesting depth"),
        ("# nothing\n", "no objects found (in {})"),
        ("kind: List\napiVersion: v1\nitems: []\n", "no objects found (in {})"),
    ],
)  # fmt: skip
def test_what_is_no_manifest_is_refused(tmp_path: Path, text: str, error: str) -> None:
    """With the file, the line where there is one, and the reason."""
    file = _write(tmp_path, "x.yaml", text)
    with pytest.raises(FieldkitError) as caught:
        read_manifests([file])
    assert str(caught.value) == error.format(file)


def test_an_object_of_the_wrong_shape_is_refused(tmp_path: Path) -> None:
    """With the place of the object and the path of the field."""
    file = _write(tmp_path, "x.yaml", POD.replace("key: a", "key: 5"))
    with pytest.raises(FieldkitError) as caught:
        read_manifests([file])[0].decode(PODS)
    reason = "Expected str, got int - at spec.tolerations[0].key"
    assert str(caught.value) == f"{file}:1: Pod is not valid: {reason}"


def test_an_empty_path_is_not_this_folder(tmp_path: Path) -> None:
    """Though it would be to pathlib; an unset variable of a script names nothing."""
    _write(tmp_path, "pod.yaml", POD)
    with chdir(tmp_path), pytest.raises(UsageError) as caught:
        read_manifests([""])
    assert str(caught.value) == 'the path "" does not exist'


def test_a_missing_file_is_refused_in_kubectls_words(lab: Lab) -> None:
    """As `kubectl apply -f` refuses it."""
    theirs = lab.kubectl("apply", "-f", "/no/such.yaml", check=False).stderr
    with pytest.raises(FieldkitError) as caught:
        read_manifests(["/no/such.yaml"])
    assert f"error: {caught.value}\n" == theirs

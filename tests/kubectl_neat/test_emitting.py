"""Several files in one stream: each document is still one, whatever the files begin with."""

from pathlib import Path

import pytest

from kubectl_fieldkit.yaml_document import parse_documents
from tests.kubectl_neat.plugin import NOWHERE, neat

PLAIN = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, uid: x} # a comment\n"


@pytest.mark.parametrize(
    "second",
    [
        PLAIN % "b",
        "---\n" + PLAIN % "b",
        "# why it is there\n---\n" + PLAIN % "b",
        "%YAML 1.1\n---\n" + PLAIN % "b",
        "\ufeff" + PLAIN % "b",
        "\n\n# lonely\n" + PLAIN % "b",
        (PLAIN % "b").removesuffix("\n"),
    ],
)
def test_files_follow_each_other(tmp_path: Path, second: str) -> None:
    """Two files, two documents, and both comments."""
    one, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    one.write_text(PLAIN % "a")
    other.write_text(second)
    code, out, err = neat(NOWHERE, "-f", one, "-f", other)
    assert (code, err) == (0, "")
    names = [tree["metadata"] for tree in parse_documents(out.encode()) if isinstance(tree, dict)]
    assert names == [{"name": "a"}, {"name": "b"}]
    assert len(list(parse_documents(out.encode()))) == 2
    assert out.count("# a comment") == 2


def test_what_is_not_kept_is_said(tmp_path: Path) -> None:
    """An alias that goes through what is cut: the text is written anew, without comments."""
    file = tmp_path / "a.yaml"
    file.write_text(
        "# lost\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, uid: &u x}\ndata: {b: *u}\n"
    )
    code, out, err = neat(NOWHERE, "-f", file)
    assert (code, out) == (
        0,
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  b: x\n",
    )
    assert "its comments are not kept" in err


def test_json_of_many_documents_stays_json() -> None:
    """One after another, as kubectl reads them."""
    given = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}\n' * 2
    code, out, err = neat(NOWHERE, given=given)
    assert (code, err) == (0, "")
    assert out.count('"name": "a"') == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", "no objects found (kubectl said nothing)"),
        ("\n---\n", "no objects found (kubectl said nothing)"),
        ("No resources found\n", "it is no Kubernetes object"),
        ("[1, 2]\n", "it is no Kubernetes object"),
        ("a: 1\n", "the object has no apiVersion"),
        ("{", "error parsing STDIN"),
        ("apiVersion: v1\nkind: List\nitems: [1]\n", "it is no Kubernetes object"),
        ("apiVersion: v1\nkind: [x\n", "line 2"),
        ("a: &a [*a]\n", "anchor"),
    ],
)
def test_what_is_no_object_is_an_error(given: str, words: str) -> None:
    """In words that say what was expected."""
    code, out, err = neat(NOWHERE, given=given)
    assert (code, out) == (1, "")
    assert words in err
    assert err.count("\n") == 1


def test_a_list_of_nothing_is_a_list_of_nothing() -> None:
    """`kubectl get` prints one where nothing matches."""
    given = '{"apiVersion": "v1", "items": [], "kind": "List", "metadata": {"resourceVersion": ""}}'
    code, out, _ = neat(NOWHERE, "-o", "yaml", given=given)
    assert (code, out) == (0, "apiVersion: v1\nitems: []\nkind: List\n")

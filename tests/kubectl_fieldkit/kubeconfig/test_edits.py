"""Edits of kubeconfigs: what kubectl reads afterwards is what was meant, and nothing else has changed."""

import copy
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kubectl_fieldkit.kubeconfig import edits
from kubectl_fieldkit.kubeconfig.layout import quick
from kubectl_fieldkit.kubeconfig.load import parse
from kubectl_fieldkit.kubeconfig.outline import Outline, outline
from tests.kubectl_fieldkit.kubeconfig.random_kubeconfigs import NAMES, Document, random_kubeconfig
from tests.lab.programs import program
from tests.seeds import cases, rng

Edited = tuple[
    str, bytes, Callable[[Document], None]
]  # what it was, the result, the same on the model


def _view(path: Path) -> Document:
    """What kubectl reads of a file."""
    done = subprocess.run(
        [program("kubectl"), "config", "view", "--raw", "-o", "json", "--kubeconfig", path],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (done.stderr.decode(), path.read_text())
    said: Document = json.loads(done.stdout)
    return said


def _model(document: Document) -> Document:
    """A document as kubectl shows it: entries by name, empty ones left out."""
    sections = ("clusters", "contexts", "users")
    listed = {key: sorted(document.get(key) or [], key=lambda e: e["name"]) for key in sections}
    return {"current-context": document.get("current-context", ""), **listed}


def _seen(document: Document) -> Document:
    return _model({key: value for key, value in document.items() if value is not None})


def _some_edit(random: Random, data: bytes, document: Document) -> Edited:
    """One random operation on one random context."""
    contexts = document["contexts"]
    at = random.randrange(len(contexts))
    name = contexts[at]["name"]
    unused = random.choice([n for n in NAMES if n not in {c["name"] for c in contexts}])
    namespace = random.choice(("team-a", "123", "yes", ""))

    def current(to: str) -> Callable[[Document], None]:
        return lambda said: said.update({"current-context": to})

    def space(said: Document) -> None:
        said["contexts"][at]["context"].pop("namespace", None)
        if namespace:
            said["contexts"][at]["context"]["namespace"] = namespace

    def renamed(said: Document) -> None:
        said["contexts"][at]["name"] = unused

    def more(said: Document) -> None:
        said["contexts"].append({"name": unused, "context": {"cluster": "c", "user": "123"}})

    options: list[Callable[[], Edited]] = [
        lambda: (f"switch to {name}", edits.set_current_context(data, name), current(name)),
        lambda: ("unset", edits.set_current_context(data, ""), current("")),
        lambda: (f"{name} to {namespace!r}", edits.set_namespace(data, name, namespace), space),
        lambda: (f"{name} becomes {unused}", edits.rename_context(data, name, unused), renamed),
        lambda: (
            f"delete {name}",
            edits.delete_entry(data, "contexts", name),
            lambda said: said["contexts"].pop(at),
        ),
        lambda: (f"add {unused}", edits.add_context(data, unused, "c", "123", ""), more),
    ]
    return random.choice(options)()


def test_kubectl_reads_what_was_meant(programs: None, tmp_path: Path) -> None:
    """Random files, each after three random edits; and the lines that are no part of an edit stay."""
    random, file = rng("kubeconfig edits"), tmp_path / "config"
    for number in range(cases(120)):
        data, document = random_kubeconfig(random)
        for _ in range(3):
            if not document["contexts"]:
                break
            what, after, change = _some_edit(random, data, document)
            document = copy.deepcopy(document)
            change(document)
            file.write_bytes(after)
            assert _seen(_view(file)) == _seen(document), (number, what, data.decode())
            if b"&base" not in data:
                assert _lines_changed(data, after) <= 9, (number, what, data.decode())
            data = after


def _lines_changed(before: bytes, after: bytes) -> int:
    """How many lines are between the equal beginnings and the equal ends."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return max(len(old), len(new))


def test_both_readers_say_the_same() -> None:
    """The reader by lines gives up, or says what the YAML parser says."""
    random, understood = rng("kubeconfig readers"), 0
    for _ in range(cases(1500)):
        data, _ = random_kubeconfig(random)
        root = quick.read_nodes(data.decode())
        config = parse(data, "/x/config")
        said = Outline(
            config.current_context, config.contexts, tuple(config.clusters), tuple(config.users)
        )
        assert outline(data, "/x/config") == said, data.decode()
        understood += root is not None
    assert understood > cases(100)


def test_the_quick_reader_understands_what_kubectl_writes(programs: None, tmp_path: Path) -> None:
    """A file that kubectl made needs no YAML parser."""
    file = tmp_path / "config"
    kubectl = [str(program("kubectl")), "--kubeconfig", str(file), "config"]
    for args in (
        ("set-cluster", "c", "--server=https://c.example", "--tls-server-name=x"),
        (
            "set-credentials",
            "u",
            "--exec-command=aws",
            "--exec-api-version=client.authentication.k8s.io/v1",
            "--exec-arg=eks,get-token",
            "--exec-env=A=b",
        ),
        ("set-context", "one", "--cluster=c", "--user=u", "--namespace=n"),
        ("set-context", "two", "--cluster=c", "--user=u"),
        ("use-context", "two"),
    ):
        subprocess.run([*kubectl, *args], check=True, capture_output=True)
    assert quick.read_nodes(file.read_text()) is not None
    assert outline(file.read_bytes(), str(file)).current_context == "two"


FILE = b"""# mine
apiVersion: v1
kind: Config
contexts:
# the first
- name: a  # short
  context:
    user: u
    cluster: c   # where
    extensions:
    - name: x
      extension: {a: [1, 2]}
- context: {cluster: c, user: u, namespace: n} # flow
  name: "b"
current-context: a   # here
users:
- name: u
  user:
    token: |
      abc
clusters:
- name: c
  cluster: {server: "https://c"}
"""

EXPECTED: list[tuple[str, Callable[[bytes], bytes], bytes, bytes]] = [
    ("switch", lambda d: edits.set_current_context(d, "b"), b"context: a   #", b"context: b   #"),
    ("unset", lambda d: edits.set_current_context(d, ""), b"current-context: a   # here\n", b""),
    (
        "namespace",
        lambda d: edits.set_namespace(d, "b", "123"),
        b"namespace: n",
        b'namespace: "123"',
    ),
    ("no namespace", lambda d: edits.set_namespace(d, "b", ""), b", namespace: n}", b"}"),
    ("rename", lambda d: edits.rename_context(d, "b", "c=d"), b'"b"', b'"c=d"'),
    ("rename plain", lambda d: edits.rename_context(d, "a", "yes"), b"name: a ", b'name: "yes" '),
    (
        "new namespace",
        lambda d: edits.set_namespace(d, "a", "shop"),
        b"      extension: {a: [1, 2]}\n",
        b"      extension: {a: [1, 2]}\n    namespace: shop\n",
    ),
    (
        "delete",
        lambda d: edits.delete_entry(d, "contexts", "b"),
        b'- context: {cluster: c, user: u, namespace: n} # flow\n  name: "b"\n',
        b"",
    ),
]


@pytest.mark.parametrize(("what", "edit", "old", "new"), EXPECTED, ids=[e[0] for e in EXPECTED])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
def test_an_edit_is_one_replacement(
    what: str, edit: Callable[[bytes], bytes], old: bytes, new: bytes, ending: bytes, mark: bytes
) -> None:
    """All bytes but these are the same, with every ending of lines and with a byte order mark."""
    before, gone, come = (
        mark * (i == 0) + text.replace(b"\n", ending) for i, text in enumerate((FILE, old, new))
    )
    assert before.count(gone) == 1
    assert edit(before) == before.replace(gone, come)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"apiVersion: v1\nkind: Config\ncurrent-context: x\n"),
        (b"# mine\n", b"# mine\napiVersion: v1\nkind: Config\ncurrent-context: x\n"),
        (b"kind: Config", b"kind: Config\ncurrent-context: x\n"),
        (b'{"kind": "Config"}', b'{"kind": "Config", "current-context": "x"}'),
        (b"{}", b'{"current-context": "x"}'),
        (b"current-context: ''\n", b"current-context: 'x'\n"),
        (b"current-context:\nkind: Config\n", b"current-context: x\nkind: Config\n"),
        (b"current-context: null\n", b"current-context: x\n"),
        (b"a: 1\n---\nb: 2\n", b"a: 1\ncurrent-context: x\n---\nb: 2\n"),
    ],
)
def test_a_current_context_finds_its_place(before: bytes, after: bytes) -> None:
    """Files that say none yet, or nothing at all."""
    assert edits.set_current_context(before, "x") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"contexts: []\n", b"contexts:\n- context:\n    cluster: c\n    user: u\n  name: x\n"),
        (b"contexts: null\n", b"contexts:\n- context:\n    cluster: c\n    user: u\n  name: x\n"),
        (b"contexts:\n", b"contexts:\n- context:\n    cluster: c\n    user: u\n  name: x\n"),
        (
            b"kind: Config\n",
            b"kind: Config\ncontexts:\n- context:\n    cluster: c\n    user: u\n  name: x\n",
        ),
        (
            b'{"contexts": []}',
            b'{"contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}]}',
        ),
    ],
)
def test_a_first_context_finds_its_place(before: bytes, after: bytes) -> None:
    """Sections that are empty, null or missing."""
    assert edits.add_context(before, "x", "c", "u", "") == after


def test_the_last_entry_leaves_an_empty_list() -> None:
    """A section without entries is a list still."""
    before = b"contexts: # mine\n- name: a\n  context: {cluster: c}\nkind: Config\n"
    assert edits.delete_entry(before, "contexts", "a") == b"contexts: [] # mine\nkind: Config\n"


def test_what_is_not_there_cannot_be_edited() -> None:
    """Each names what is missing."""
    wrong: list[Callable[[], bytes]] = [
        lambda: edits.set_namespace(FILE, "z", "n"),
        lambda: edits.rename_context(FILE, "z", "y"),
        lambda: edits.delete_entry(FILE, "users", "z"),
    ]
    for edit in wrong:
        with pytest.raises(KeyError, match="z"):
            edit()


def test_a_shared_context_changes_alone() -> None:
    """What an alias stands for is written out when one of those who share it changes."""
    before = (
        b"contexts:\n- name: a\n  context: &x {cluster: c, user: u}\n- {name: b, context: *x}\n"
    )
    after: Any = parse(edits.set_namespace(before, "a", "n"), "/x").contexts
    assert (after["a"].namespace, after["b"].namespace) == ("n", "")
    after = parse(edits.set_namespace(before, "b", "n"), "/x").contexts
    assert (after["a"].namespace, after["b"].namespace) == ("", "n")
    after = parse(edits.delete_entry(before, "contexts", "a"), "/x").contexts
    assert {name: context.cluster for name, context in after.items()} == {"b": "c"}


@pytest.mark.parametrize(
    "text",
    [
        b"contexts:\n- name: a\n  context: {}\n- name: a\n  context: {}\n",
        b"contexts:\n- context: {}\n  name: yes\n",
        b"contexts: {a: b}\n",
        b"current-context: [\n",
        b"kind: List\n",
    ],
)
def test_a_broken_file_is_refused_in_kubectls_words(
    text: bytes, programs: None, tmp_path: Path
) -> None:
    """Where kubectl refuses a file, so do we."""
    file = tmp_path / "config"
    file.write_bytes(text)
    command = [str(program("kubectl")), "config", "view", "--kubeconfig", str(file)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    with pytest.raises(ValueError, match=r"."):
        outline(text, str(file))


def test_a_list_where_a_name_should_be_is_left_to_the_parser() -> None:
    """The quick reader gives up on it and does not fail."""
    assert quick.read_nodes("contexts:\n- context:\n    user: u\n  - c\n  name: x\n") is None


def test_what_is_below_an_unknown_field_stays_with_it() -> None:
    """A new namespace goes behind the list that an extension is."""
    before = (
        b"contexts:\n- context:\n    cluster: c\n    extensions:\n    - extension:\n        a: b\n"
        b"      name: x\n  name: a\n"
    )
    after = before.replace(b"  name: a\n", b"    namespace: shop\n  name: a\n")
    assert quick.read_nodes(before.decode()) is not None
    assert edits.set_namespace(before, "a", "shop") == after

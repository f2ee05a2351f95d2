"""Deleting, with and without what nothing else refers to."""

import json
from pathlib import Path
from typing import Any

from tests.kubectl_ctx.plugin import ctx, kubectl_config, write

SHARED = {"a": ("c1", "u1"), "b": ("c1", "u2"), "d": ("c3", "u3")}
REMOVED = 'warning: this removed your active context, use "kubectl ctx" to select a different one\n'


def _names(files: list[Path]) -> dict[str, list[str]]:
    said: Any = json.loads(kubectl_config(files, "view", "--raw", "-o", "json"))
    sections = ("contexts", "clusters", "users")
    return {section: [each["name"] for each in said[section] or ()] for section in sections}


def test_all_or_none(tmp_path: Path) -> None:
    """One name that does not exist keeps all the others."""
    file = write(tmp_path / "config", SHARED, "a")
    before = file.read_bytes()
    told = 'error: error deleting context "zz": context does not exist (none was deleted)\n'
    assert ctx(file, "-d", "a", "zz") == (1, "", told)
    assert file.read_bytes() == before


def test_the_context_alone(tmp_path: Path, programs: None) -> None:
    """Cluster and user stay, a name twice is deleted once, and comments are where they were."""
    file = write(tmp_path / "config", SHARED, "d")
    assert ctx(file, "-d", "a", "a", "b") == (
        0,
        "",
        '✔ Deleted context "a".\n✔ Deleted context "b".\n',
    )
    everything = {"clusters": ["c1", "c3"], "users": ["u1", "u2", "u3"]}
    assert _names([file]) == {"contexts": ["d"], **everything}
    assert file.read_text().startswith("# kept\n")


def test_cascade_keeps_what_others_use(tmp_path: Path, programs: None) -> None:
    """The user goes, the cluster that another context refers to does not; each is told first."""
    file = write(tmp_path / "config", SHARED, "d")
    code, _, told = ctx(file, "-d", "a", "--cascade")
    assert code == 0
    first = f'nothing else refers to user "u1" in "{file}": deleting it\n'
    assert told == f'{first}✔ Deleted context "a".\n'
    assert _names([file]) == {
        "contexts": ["b", "d"],
        "clusters": ["c1", "c3"],
        "users": ["u2", "u3"],
    }


def test_cascade_looks_at_all_files(tmp_path: Path, programs: None) -> None:
    """A context of another file, even a hidden one, keeps the cluster and the user it refers to."""
    one = write(tmp_path / "one", {"a": ("c1", "u1"), "b": ("c2", "u2")})
    two = write(tmp_path / "two", {"b": ("c1", "u9")})
    code, _, told = ctx([one, two], "delete", "a", "--cascade")
    assert code == 0
    assert '"u1"' in told
    assert '"c1"' not in told
    assert _names([one])["clusters"] == ["c1", "c2"]


def test_cascade_reaches_into_other_files(tmp_path: Path, programs: None) -> None:
    """Cluster and user go from the files that they are in."""
    one = tmp_path / "one"
    one.write_text("contexts:\n- name: a\n  context: {cluster: c1, user: u1}\n")
    two = write(tmp_path / "two", SHARED | {"b": ("c3", "u3"), "a": ("c1", "u1")})
    assert ctx([two], "-d", "a")[0] == 0
    assert ctx([one, two], "-d", "a", "--cascade")[0] == 0
    assert _names([two]) == {"contexts": ["b", "d"], "clusters": ["c3"], "users": ["u3"]}
    assert _names([one])["contexts"] == []


def test_the_active_one_is_warned_of(tmp_path: Path) -> None:
    """By its name as well as by a dot."""
    for word in ("a", "."):
        file = write(tmp_path / "config", SHARED, "a")
        assert ctx(file, "-d", word) == (0, "", f'✔ Deleted context "a".\n{REMOVED}')
    assert ctx(write(tmp_path / "none", SHARED), "-d", ".")[0] == 1


def test_the_second_of_the_name_surfaces(tmp_path: Path, programs: None) -> None:
    """The first file's entry goes; that the other's counts now is said."""
    one, two = (write(tmp_path / name, {"a": (f"c-{name}", "u")}) for name in ("one", "two"))
    kept = two.read_bytes()
    told = f'✔ Deleted context "a".\nwarning: "{two}" has a context "a" too, which counts from now on\n'
    assert ctx([one, two], "-d", "a") == (0, "", told)
    assert two.read_bytes() == kept
    shown = kubectl_config(
        [one, two], "view", "-o", 'jsonpath={.contexts[?(@.name=="a")].context.cluster}'
    )
    assert shown == "c-two"


def test_a_picker_needs_a_terminal(tmp_path: Path) -> None:
    """-d alone deletes nothing where nobody can pick."""
    file = write(tmp_path / "config", SHARED)
    told = "error: '-d' needs arguments (there is no terminal to pick a context at)\n"
    assert ctx(file, "-d") == (2, "", told)


def test_a_dry_run_deletes_nothing(tmp_path: Path) -> None:
    """The diff shows what would go, without its secrets."""
    file = write(tmp_path / "config", SHARED)
    before = file.read_bytes()
    code, shown, _ = ctx(file, "-d", "d", "--cascade", "--dry-run")
    assert code == 0
    assert "-- name: u3\n" in shown
    assert "secret" not in shown
    assert file.read_bytes() == before

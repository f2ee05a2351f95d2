"""Switching, back and forth, and what is left as it was."""

from pathlib import Path

import pytest

from tests.kubectl_ctx.plugin import ctx, kubectl_config, write

TWO = {"a": ("c1", "u1"), "b": ("c2", "u2")}


def test_only_the_name_changes(tmp_path: Path, programs: None) -> None:
    """kubectl agrees, and every other byte is what it was."""
    file = write(tmp_path / "config", TWO, "a")
    before = file.read_bytes()
    assert ctx(file, "b") == (0, "", '✔ Switched to context "b".\n')
    assert file.read_bytes() == before.replace(b"current-context: a", b"current-context: b")
    assert kubectl_config([file], "current-context") == "b\n"


def test_there_and_back(tmp_path: Path) -> None:
    """`-` goes back and forth; a switch to where one is does not forget where one was."""
    file = write(tmp_path / "config", TWO, "a")
    assert ctx(file, "-") == (1, "", "error: failed to switch context: no previous context found\n")
    for name, reached in [("b", "b"), ("b", "b"), ("-", "a"), ("-", "b")]:
        assert ctx(file, name) == (0, "", f'✔ Switched to context "{reached}".\n')
        assert ctx(file, "-c")[1] == f"{reached}\n"


def test_each_set_of_files_has_its_own_previous(tmp_path: Path) -> None:
    """What was done with one kubeconfig is not undone in another."""
    one, two = (write(tmp_path / name, TWO, "a") for name in ("one", "two"))
    ctx(one, "b")
    assert ctx(two, "-")[0] == 1
    assert ctx(one, "-")[0] == 0


def test_a_namespace_with_it(tmp_path: Path, programs: None) -> None:
    """-n sets both; alone it sets that of the current context."""
    file = write(tmp_path / "config", TWO, "a")
    told = '✔ Switched to context "b".\n✔ Active namespace is "shop".\n'
    assert ctx(file, "b", "-n", "shop") == (0, "", told)
    path = ("view", "--minify", "-o", "jsonpath={.contexts[0].context.namespace}")
    assert kubectl_config([file], *path) == "shop"
    assert ctx(file, "-n", "till") == (0, "", '✔ Active namespace is "till".\n')
    assert kubectl_config([file], *path) == "till"
    assert ctx(write(tmp_path / "none", TWO), "-n", "till")[0] == 1


def test_a_script_must_be_exact(tmp_path: Path) -> None:
    """Part of a name switches nothing without a terminal, but is understood."""
    file = write(tmp_path / "config", {"production": ("c", "u")})
    before = file.read_bytes()
    code, _, told = ctx(file, "prod")
    assert code == 1
    assert told == (
        'error: failed to switch context: no context exists with the name: "prod"'
        ' (did you mean "production"?)\n'
    )
    assert file.read_bytes() == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """The change is shown, no secret beside it is, and the next `-` knows nothing of it."""
    file = write(tmp_path / "config", TWO, "a")
    before = file.read_bytes()
    code, shown, told = ctx(file, "b", "--dry-run")
    assert (code, told) == (0, "")
    assert "-current-context: a\n+current-context: b\n" in shown
    assert "secret" not in shown
    assert file.read_bytes() == before
    assert ctx(file, "-")[0] == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["config"]


@pytest.mark.parametrize("name", ["a=b", "a/b", "../x", "a b", "arn:aws:x:1", "lint", "yes", "1e3"])
def test_odd_names(tmp_path: Path, programs: None, name: str) -> None:
    """Whatever a context is called, the verb takes it there, and nothing is written elsewhere."""
    file = write(tmp_path / "config", {name: ("c", "u"), "z": ("c", "u")}, "z")
    assert ctx(file, "switch", name) == (0, "", f'✔ Switched to context "{name}".\n')
    assert kubectl_config([file], "current-context") == f"{name}\n"
    assert ctx(file, "-")[0] == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["config", "state"]


def test_the_file_that_decides(tmp_path: Path, programs: None) -> None:
    """The first file that exists is written, though the context is in another; kubectl reads it so."""
    one = write(tmp_path / "one", {"a": ("c1", "u1")}, "a")
    two = write(tmp_path / "two", {"b": ("c2", "u2")}, "b")
    files, kept = [tmp_path / "missing", one, two], two.read_bytes()
    assert ctx(files, "b")[0] == 0
    assert two.read_bytes() == kept
    assert b"current-context: b" in one.read_bytes()
    assert kubectl_config(files, "current-context") == "b\n"
    assert not (tmp_path / "missing").exists()

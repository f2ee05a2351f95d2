"""Renaming."""

from pathlib import Path

from tests.kubectl_ctx.plugin import ctx, kubectl_config, write

TWO = {"a": ("c1", "u1"), "b": ("c2", "u2")}


def test_the_current_one_stays_current(tmp_path: Path, programs: None) -> None:
    """The entry's name and current-context change, and nothing else; `-` still finds the others."""
    file = write(tmp_path / "config", TWO, "b")
    ctx(file, "a")
    before = file.read_bytes()
    assert ctx(file, "new=a") == (0, "", '✔ Context "a" renamed to "new".\n')
    assert kubectl_config([file], "current-context") == "new\n"
    assert kubectl_config([file], "get-contexts", "-o", "name").split() == ["b", "new"]
    assert len(file.read_bytes().splitlines()) == len(before.splitlines())
    ctx(file, "b")
    assert ctx(file, "older=new")[0] == 0
    assert ctx(file, "-") == (0, "", '✔ Switched to context "older".\n')


def test_a_dot_is_the_current_one(tmp_path: Path) -> None:
    """NEW=. as kubectx has it; without a current context there is none to rename."""
    file = write(tmp_path / "config", TWO, "a")
    assert ctx(file, "new=.")[0] == 0
    assert ctx(file, "-c")[1] == "new\n"
    ctx(file, "-u")
    told = "error: can't use '.' as no active context is set\n"
    assert ctx(file, "newer=.") == (1, "", told)


def test_a_name_that_is_taken(tmp_path: Path) -> None:
    """It is refused in kubectl's words, and the file stays."""
    file = write(tmp_path / "config", TWO, "a")
    before = file.read_bytes()
    told = f'error: cannot rename the context "a", the context "b" already exists in {file}\n'
    assert ctx(file, "b=a") == (1, "", told)
    assert file.read_bytes() == before


def test_one_that_is_not_there(tmp_path: Path) -> None:
    """The word was a name with `=` in it: the error says how to get there."""
    file = write(tmp_path / "config", {"x=y": ("c", "u")})
    told = (
        'error: context "y" not found, can\'t rename it (to switch to it: kubectl ctx switch x=y)\n'
    )
    assert ctx(file, "x=y") == (1, "", told)
    assert ctx(file, "rename", "x=y", "xy")[0] == 0


def test_each_file_keeps_its_part(tmp_path: Path, programs: None) -> None:
    """The entry is renamed where it is, current-context where it is said; the second of the name surfaces."""
    one = write(tmp_path / "one", {"b": ("c1", "u1")}, "a")
    two, three = (write(tmp_path / name, {"a": ("c2", "u2")}) for name in ("two", "three"))
    kept = three.read_bytes()
    code, _, told = ctx([one, two, three], "new=a")
    assert code == 0
    assert told == (
        '✔ Context "a" renamed to "new".\n'
        f'warning: "{three}" has a context "a" too, which counts from now on\n'
    )
    assert three.read_bytes() == kept
    assert kubectl_config([one], "current-context") == "new\n"
    assert kubectl_config([two], "get-contexts", "-o", "name") == "new\n"

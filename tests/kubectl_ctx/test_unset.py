"""No current context, whichever file said one."""

from pathlib import Path

from tests.kubectl_ctx.plugin import ctx, write


def test_the_key_goes(tmp_path: Path) -> None:
    """The line is removed, nothing else; a second time there is nothing to do."""
    file = write(tmp_path / "config", {"a": ("c", "u")}, "a")
    before = file.read_bytes()
    assert ctx(file, "-u") == (0, "", "✔ Active context unset for kubectl.\n")
    assert file.read_bytes() == before.replace(b"current-context: a\n", b"")
    assert ctx(file, "-u") == (0, "", "current-context is not set: nothing to change\n")
    assert ctx(file, "-c") == (1, "", "error: current-context is not set\n")


def test_a_dry_run(tmp_path: Path) -> None:
    """It shows the line that would go."""
    file = write(tmp_path / "config", {"a": ("c", "u")}, "a")
    before = file.read_bytes()
    code, shown, _ = ctx(file, "--unset", "--dry-run")
    assert code == 0
    assert "-current-context: a\n" in shown
    assert file.read_bytes() == before

"""What is remembered between runs, and that forgetting fails nothing."""

import os
import stat
from pathlib import Path

import pytest

from kubectl_fieldkit.state import MOST_NAMESPACES, State, load_state, save_state

FILES = ["/home/me/.kube/config"]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A user's environment, with a home of its own."""
    return {"HOME": str(tmp_path)}


def _saved(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_saved_is_loaded(environ: dict[str, str], tmp_path: Path) -> None:
    """By the same files, under the home; for the user's eyes alone, and nothing beside it."""
    state = State().switched("prod").moved("dev", "default", "shop")
    save_state(FILES, environ, state)
    loaded = load_state(FILES, environ)
    assert loaded.previous_context == "prod"
    assert loaded.previous_namespaces == {"dev": "default"}
    assert loaded.namespaces == {"dev": ["shop"]}
    (path,) = _saved(tmp_path)
    assert path.parent == tmp_path / ".local/state/kubectl-fieldkit"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_each_set_of_files_has_its_own(environ: dict[str, str]) -> None:
    """Other files, or the same in another order, know nothing of it."""
    save_state(["/a", "/b"], environ, State().switched("x"))
    for files in (["/a"], ["/b", "/a"], ["/a", "/b", "/c"], []):
        assert load_state(files, environ).previous_context == ""
    assert load_state(["/a", "/b"], environ).previous_context == "x"


def test_a_relative_file_is_the_same_from_everywhere(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `config` in its folder, and with the whole path elsewhere."""
    monkeypatch.chdir(tmp_path)
    save_state(["config"], environ, State().switched("x"))
    monkeypatch.chdir("/")
    assert load_state([str(tmp_path / "config")], environ).previous_context == "x"


def test_namespaces_are_newest_first_and_not_too_many() -> None:
    """Each once."""
    state = State()
    for i in range(MOST_NAMESPACES + 10):
        state = state.moved("c", "before", f"n{i}")
    state = state.moved("c", "n59", "n30")
    assert state.namespaces["c"][:3] == ["n30", "n59", "n58"]
    assert len(state.namespaces["c"]) == MOST_NAMESPACES == len(set(state.namespaces["c"]))


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"\xff", b'{"files": 1}', b'{"files":["\xff"]}']
)
def test_a_damaged_file_is_a_warning(
    environ: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    damage: bytes,
) -> None:
    """In one line; the next switch makes a new one."""
    save_state(FILES, environ, State().switched("x"))
    (path,) = _saved(tmp_path)
    path.write_bytes(damage)
    assert load_state(FILES, environ).previous_context == ""
    assert capsys.readouterr().err == f'warning: "{path}" is damaged, what it remembered is lost\n'
    save_state(FILES, environ, State().switched("y"))
    assert load_state(FILES, environ).previous_context == "y"


def test_a_folder_that_cannot_be_made_is_a_warning(
    environ: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file is in its way."""
    (tmp_path / ".local").touch()
    assert load_state(FILES, environ).previous_context == ""
    save_state(FILES, environ, State().switched("x"))
    told = capsys.readouterr().err.splitlines()
    assert [line.rpartition(": ")[2] for line in told] == ["not a directory"] * 2
    assert all(line.startswith("warning: cannot re") for line in told)


def test_a_full_disk_leaves_what_was_remembered(
    environ: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And no temporary file: the kernel refuses to make a file longer than one's limit."""
    import resource
    import signal

    save_state(FILES, environ, State().switched("x"))
    before, limits = _saved(tmp_path), resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, limits[1]))
    try:
        save_state(FILES, environ, State().switched("y"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert capsys.readouterr().err.endswith(": file too large\n")
    assert _saved(tmp_path) == before
    assert load_state(FILES, environ).previous_context == "x"


def test_without_a_home_nothing_is_remembered(capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is made anywhere."""
    save_state(FILES, {}, State().switched("x"))
    assert capsys.readouterr().err == "warning: cannot remember this: HOME is not set\n"
    assert load_state(FILES, {}).previous_context == ""


def test_a_relative_state_home_is_ignored(environ: dict[str, str], tmp_path: Path) -> None:
    """As the XDG specification asks."""
    environ["XDG_STATE_HOME"] = "state"
    save_state(FILES, environ, State().switched("x"))
    assert (tmp_path / ".local/state/kubectl-fieldkit").is_dir()
    environ["XDG_STATE_HOME"] = str(tmp_path / "state")
    save_state(FILES, environ, State().switched("y"))
    assert (tmp_path / "state/kubectl-fieldkit").is_dir()


def test_names_that_are_no_text(
    environ: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file's name may be any bytes; a context's that is no Unicode is a warning."""
    files = [os.fsdecode(b"/tmp/\xff")]
    save_state(files, environ, State().switched("../../x"))
    assert load_state(files, environ).previous_context == "../../x"
    save_state(files, environ, State().switched("\ud800"))
    assert capsys.readouterr().err == "warning: cannot remember this: a name is not Unicode\n"
    assert load_state(files, environ).previous_context == "../../x"
    assert len(_saved(tmp_path)) == 1

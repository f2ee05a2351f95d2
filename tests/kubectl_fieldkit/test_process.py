"""Child processes: the environment they get, their stdin and their end."""

import os
import sys
from pathlib import Path

import pytest

from kubectl_fieldkit.process import find_program, original_environment, run

FROZEN = {
    "PATH": "/bin",
    "LD_LIBRARY_PATH": "/tmp/_MEI1",
    "LD_LIBRARY_PATH_ORIG": "/opt/lib",
    "DYLD_LIBRARY_PATH": "/tmp/_MEI1",
    "LIBPATH": "/tmp/_MEI1",
    "LIBPATH_ORIG": "",
    "_MEIPASS2": "/tmp/_MEI1",
    "_PYI_ARCHIVE_FILE": "/bin/kubectl-taints",
    "_PYI_PARENT_PROCESS_LEVEL": "1",
}


def test_a_frozen_binary_hands_on_the_environment_it_was_given() -> None:
    """What the bootloader changed is undone, and a child of ours unpacks itself."""
    assert original_environment(FROZEN, frozen=True) == {
        "PATH": "/bin",
        "LD_LIBRARY_PATH": "/opt/lib",
        "PYINSTALLER_RESET_ENVIRONMENT": "1",
    }


def test_unfrozen_the_environment_stays() -> None:
    """Run from source, nothing was changed, so nothing is undone."""
    assert original_environment(FROZEN, frozen=False) == FROZEN


def test_run_gives_stdout_and_the_added_environment() -> None:
    """stdout comes back, and what is added wins over what was there."""
    script = "import os; print(os.environ['A'], os.environ['B'])"
    ran = run([sys.executable, "-c", script], {"A": "1", "B": "1"}, added={"B": "2"})
    assert (ran.returncode, ran.stdout) == (0, b"1 2\n")


def test_run_keeps_stdin_from_the_child() -> None:
    """Without `stdin` the child reads an empty one."""
    ran = run([sys.executable, "-c", "import sys; print(repr(sys.stdin.read()))"], {})
    assert ran.stdout == b"''\n"


@pytest.mark.parametrize("path", ["", ".", "bin", ":", "bin:."])
def test_programs_relative_to_the_current_folder_are_not_found(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in Go, no PATH makes a program of the current folder run."""
    (tmp_path / "bin").mkdir()
    for folder in (tmp_path, tmp_path / "bin"):
        (folder / "plugin").write_text("#!/bin/sh\n")
        (folder / "plugin").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    assert find_program("plugin", {"PATH": path}) is None
    found = find_program("plugin", {"PATH": f"{path}{os.pathsep}{tmp_path}"})
    assert found == str(tmp_path / "plugin")

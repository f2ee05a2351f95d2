"""The defects of our notes' list that are about shells of their own: 7, 16 and 18."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.kubectl_ctx.plugin import COMMAND, ctx, environ, kubectl_config, write
from tests.lab.programs import program

TWO = {"a": ("c1", "u1"), "b": ("c2", "u2")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two contexts, the first current."""
    return write(tmp_path / "config", TWO, "a")


def _inside(file: Path, name: str) -> dict[str, str]:
    """The environment of a shell that evaluated `kubectl ctx --shell NAME --print`."""
    outside = environ(file) | {"XDG_RUNTIME_DIR": str(file.parent), "SHELL": "/bin/bash"}
    printed = subprocess.run(
        [*COMMAND, "--shell", name, "--print"], env=outside, capture_output=True, check=True
    )
    lines = shlex.split(printed.stdout.decode().replace("export ", ""))
    return outside | dict(line.split("=", 1) for line in lines)


def _run(command: list[str], inside: dict[str, str]) -> str:
    done = subprocess.run(command, env=inside, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_defect_07_a_refreshed_token_is_not_lost(file: Path, programs: None) -> None:
    """What kubectl writes for the user inside lands in the file that has the user, not in a copy."""
    inside = _inside(file, "b")
    overlay = Path(inside["KUBECONFIG"].split(os.pathsep)[0])
    _run([str(program("kubectl")), "config", "set", "users.u2.token", "refreshed"], inside)
    shown = kubectl_config([file], "view", "--raw", "-o", "jsonpath={.users[?(@.name=='u2')]}")
    assert "refreshed" in shown
    assert "token" not in overlay.read_text()
    assert "secret-of" not in overlay.read_text()


def test_defect_16_the_current_context_inside(file: Path) -> None:
    """`-c` answers in a shell of its own, for prompts, and outside as before."""
    inside = _inside(file, "b")
    assert _run([*COMMAND, "-c"], inside) == "b"
    assert ctx(file, "-c")[1] == "a\n"


def test_defect_18_the_binary_itself_switches(file: Path) -> None:
    """No shell function is needed: what one process switched the next one sees."""
    assert ctx(file, "b")[0] == 0
    assert ctx(file, "-c")[1] == "b\n"
    assert _run([*COMMAND, "-c"], environ(file)) == "b"

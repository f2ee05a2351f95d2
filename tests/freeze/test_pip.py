"""`pip install .` gives the commands that the binaries are."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from freeze.plugins import ROOT, Plugin, plugins, version

pytestmark = pytest.mark.binary  # not one of the pure tests: a wheel is built

ALL = pytest.mark.parametrize("plugin", plugins(), ids=lambda plugin: plugin.name)


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of a fresh environment with the project installed.

    Nothing is fetched: setuptools and the libraries that the project depends on are this
    environment's, so that pip finds them on the index is not tested here.
    """
    folder = tmp_path_factory.mktemp("pip")
    source = folder / "source"
    leave = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "plugins", source / "plugins", ignore=leave)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    offline = ["--no-deps", "--no-index", "--no-build-isolation"]
    _run([*pip, "wheel", *offline, "--wheel-dir", str(folder), str(source)])
    venv.create(folder / "fresh", with_pip=False)
    (wheel,) = folder.glob("*.whl")
    python = folder / "fresh" / "bin" / "python"
    _run([*pip, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)])
    # A folder that a .pth file names has its own .pth files ignored: no editable install is seen.
    paths = _run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    Path(paths.strip(), "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return python.parent


def _run(command: list[str]) -> str:
    """What a command prints; its words on stderr, where it fails, are the test's."""
    environ = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@ALL
def test_each_command_is_there(commands: Path, plugin: Plugin) -> None:
    """The file that kubectl looks for, with its version and its help, from the installed package."""
    command = str(commands / plugin.binary)
    assert _run([command, "--version"]) == f"kubectl-{plugin.name} v{version()}\n"
    assert f"kubectl {plugin.name}" in _run([command, "--help"])
    where = [str(commands / "python"), "-c", f"import {plugin.package} as it; print(it.__file__)"]
    assert _run(where).startswith(str(commands.parent))


def test_the_table_of_defaults_comes_along(commands: Path, tmp_path: Path) -> None:
    """Files that are not Python's are installed too: neat removes a default."""
    manifest = tmp_path / "pod.yaml"
    manifest.write_text(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n"
        "  - {name: c, image: i}\n  restartPolicy: Always\n"
    )
    answer = _run([str(commands / "kubectl-neat"), "-f", str(manifest)])
    assert "image: i" in answer
    assert "restartPolicy" not in answer


def test_nothing_else_is_installed(commands: Path) -> None:
    """The commands are the plugins', and no package of the checkout but theirs comes along."""
    ours = {it.name for it in commands.iterdir() if it.name.startswith("kubectl")}
    assert ours == {plugin.binary for plugin in plugins()}
    packages = {it.name for it in next(commands.parent.glob("lib/python*/site-packages")).iterdir()}
    assert {it for it in packages if not it.endswith((".dist-info", ".pth"))} == {
        "kubectl_fieldkit",
        *(plugin.package for plugin in plugins()),
    }

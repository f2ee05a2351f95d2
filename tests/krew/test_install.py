"""All plugins as krew installs them, run by a real kubectl."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from freeze.plugins import ROOT, Plugin, plugins, version
from tests.freeze.built import Binaries
from tests.krew.validator import is_installed
from tests.lab.programs import program

ALL = pytest.mark.parametrize("plugin", plugins(), ids=lambda plugin: plugin.name)


@pytest.fixture
def environ(programs: None, binaries: Binaries, krew_root: Path, tmp_path: Path) -> dict[str, str]:
    """A user's, with krew's folder and kubectl's on the PATH."""
    path = [krew_root / "bin", program("kubectl").parent, os.defpath]
    return {
        "PATH": os.pathsep.join(map(str, path)),
        "HOME": str(tmp_path),
        "KUBECONFIG": str(tmp_path / "none"),
    }


def _kubectl(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("kubectl"), *words], env=environ, capture_output=True, text=True, check=False
    )


@ALL
def test_krew_has_nothing_to_miss(binaries: Binaries, krew_root: Path, plugin: Plugin) -> None:
    """Binary and licence are in the store, the binary may be run, and one link leads to it."""
    store = krew_root / "store" / plugin.name / f"v{version()}"
    assert is_installed(store, plugin.binary) == []
    link = krew_root / "bin" / plugin.binary
    assert link.resolve() == (store / plugin.binary).resolve()
    assert os.access(link, os.X_OK)


@ALL
def test_kubectl_runs_it(environ: dict[str, str], plugin: Plugin) -> None:
    """`kubectl NAME --version`, its dashes and all."""
    done = _kubectl(environ, plugin.name, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"kubectl-{plugin.name} v{version()}\n"


@ALL
def test_help_has_its_texts(environ: dict[str, str], plugin: Plugin) -> None:
    """`kubectl NAME --help` loses no text that the source has."""
    done = _kubectl(environ, plugin.name, "--help")
    source = subprocess.run(
        [sys.executable, "-m", plugin.package, "--help"],
        cwd=ROOT / "plugins",
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == source.stdout


def test_kubectl_warns_of_nothing(environ: dict[str, str], krew_root: Path) -> None:
    """`kubectl plugin list` finds all of them and has no warning."""
    done = _kubectl(environ, "plugin", "list")
    assert (done.returncode, done.stderr) == (0, "")
    ours = {line for line in done.stdout.splitlines() if line.startswith(str(krew_root))}
    assert ours == {str(krew_root / "bin" / plugin.binary) for plugin in plugins()}

"""The frozen plugin, built once, and installed as krew installs it."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from freeze.archive import pack
from freeze.binary import Plugin, freeze
from kubectl_fieldkit import __version__


@dataclass(frozen=True, slots=True)
class Binaries:
    """What a build gives."""

    binary: Path
    archive: Path


@pytest.fixture(scope="session")
def binaries(tmp_path_factory: pytest.TempPathFactory) -> Binaries:
    """`kubectl-taints` and its archive, of this very tree."""
    binary = freeze(Plugin("taints"), tmp_path_factory.mktemp("dist"))
    return Binaries(binary, pack(binary, __version__))


@pytest.fixture(scope="session")
def installed(binaries: Binaries, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The link in `$KREW_ROOT/bin`, to the file in the store."""
    root = tmp_path_factory.mktemp("krew")
    store = root / "store" / "taints" / f"v{__version__}"
    store.mkdir(parents=True)
    subprocess.run(["tar", "-xf", binaries.archive, "-C", store], check=True)
    link = root / "bin" / "kubectl-taints"
    link.parent.mkdir()
    link.symlink_to(os.path.relpath(store / "kubectl-taints", link.parent))
    return link

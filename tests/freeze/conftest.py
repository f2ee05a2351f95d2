"""A frozen plugin, installed as krew installs it."""

from pathlib import Path

import pytest

from freeze.plugins import Plugin
from tests.freeze.built import Binaries
from tests.krew.installing import install


@pytest.fixture(scope="session")
def installed(binaries: Binaries, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`kubectl-taints`: the link in `$KREW_ROOT/bin`, to the file in the store."""
    plugin = Plugin("taints")
    return install(plugin, binaries.archive(plugin), tmp_path_factory.mktemp("krew"))

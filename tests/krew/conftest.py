"""A whole release, made of this platform's binaries."""

import os
import shutil
from pathlib import Path

import pytest

from freeze.archive import pack
from freeze.platforms import RELEASED, this_platform
from freeze.plugins import plugins, version
from tests.freeze.built import Binaries
from tests.krew.installing import install


@pytest.fixture(scope="session")
def archives(binaries: Binaries, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five platforms' archives. Only this platform's are real: the others hold the same files under
    the names of theirs, so of those only the layout is tested.
    """
    folder = tmp_path_factory.mktemp("archives")
    for plugin in plugins():
        archive = binaries.archive(plugin)
        for platform in RELEASED:
            name = folder / plugin.archive(version(), platform)
            if platform.archive_suffix == this_platform().archive_suffix:
                os.link(archive, name)
            else:
                pack(plugin, binaries.binary(plugin), version(), platform, folder)
    return folder


@pytest.fixture
def changelog(tmp_path: Path) -> Path:
    """A changelog whose newest version is the project's."""
    file = tmp_path / "CHANGELOG.md"
    file.write_text(f"# Changelog\n\n## [Unreleased]\n\n## [{version()}] - 2026-12-01\n\n- All.\n")
    return file


@pytest.fixture
def collected(archives: Path, tmp_path: Path) -> Path:
    """The archives, in a folder that a test may change."""
    folder = tmp_path / "release"
    shutil.copytree(archives, folder, copy_function=os.link)
    return folder


@pytest.fixture
def manifests(tmp_path: Path) -> Path:
    """Where a release writes its manifests."""
    folder = tmp_path / "manifests"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def krew_root(binaries: Binaries, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All plugins, installed."""
    root = tmp_path_factory.mktemp("krew")
    for plugin in plugins():
        install(plugin, binaries.archive(plugin), root)
    return root

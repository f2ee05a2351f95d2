"""Installs an archive exactly as krew does, receipts aside: a folder in the store and one link."""

import os
from pathlib import Path

from freeze.platforms import this_platform
from freeze.plugins import Plugin, version
from freeze.unpack import unpack


def install(plugin: Plugin, archive: Path, root: Path) -> Path:
    """Installs into a KREW_ROOT and gives the link that kubectl finds."""
    store = root / "store" / plugin.name / f"v{version()}"
    unpack(archive, store)
    link = root / "bin" / plugin.binary
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(os.path.relpath(store / (plugin.binary + this_platform().suffix), link.parent))
    return link

"""The frozen plugins of this very tree: each is built when it is first asked for, once a session."""

from pathlib import Path

from freeze.archive import pack
from freeze.binary import freeze
from freeze.platforms import this_platform
from freeze.plugins import Plugin, version


class Binaries:
    """Binaries and archives, in one folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def binary(self, plugin: Plugin) -> Path:
        """A plugin's binary."""
        there = self._folder / "bin" / (plugin.binary + this_platform().suffix)
        return there if there.exists() else freeze(plugin, there.parent)

    def archive(self, plugin: Plugin) -> Path:
        """Its archive for this platform."""
        there = self._folder / plugin.archive(version(), this_platform())
        if not there.exists():
            pack(plugin, self.binary(plugin), version(), this_platform(), self._folder)
        return there

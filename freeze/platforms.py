"""The platforms of a release, in the words of Go and krew, and the one that this machine is."""

import platform
import sys

from msgspec import Struct

OF_PYTHON = {"win32": "windows", "x86_64": "amd64", "AMD64": "amd64", "aarch64": "arm64"}


class Platform(Struct, frozen=True):
    """An operating system and a processor."""

    os: str
    arch: str

    @property
    def suffix(self) -> str:
        """What an executable's name ends with."""
        return ".exe" if self.os == "windows" else ""

    @property
    def archive_suffix(self) -> str:
        """What an archive's name ends with: each system gets the form that it can unpack by itself."""
        return ".zip" if self.os == "windows" else ".tar.gz"


RELEASED = (
    Platform("linux", "amd64"),
    Platform("linux", "arm64"),
    Platform("darwin", "amd64"),
    Platform("darwin", "arm64"),
    Platform("windows", "amd64"),
)


def this_platform() -> Platform:
    """The one that PyInstaller, which cannot build for another, builds for."""
    machine = platform.machine()
    return Platform(OF_PYTHON.get(sys.platform, sys.platform), OF_PYTHON.get(machine, machine))

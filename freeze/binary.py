"""Builds one binary with PyInstaller: the same tree gives the same bytes."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from freeze.bootloader import UnknownBootloader, reword
from freeze.platforms import this_platform
from freeze.plugins import ROOT, Plugin

SPEC = ROOT / "freeze" / "plugin.spec"
EPOCH = "1767225600"  # every timestamp in a binary or an archive: 2026-01-01
REPRODUCIBLE = {
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": EPOCH,
    "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",
}


class FreezeError(Exception):
    """A binary that does not build; the message is the builder's own words."""


def freeze(plugin: Plugin, folder: Path) -> Path:
    """The binary, in the given folder."""
    with TemporaryDirectory(prefix="freeze-") as work:
        build = subprocess.run(
            [
                *(sys.executable, "-m", "PyInstaller", "--noconfirm"),
                *("--distpath", str(folder), "--workpath", work),
                *(str(SPEC), "--", plugin.package, plugin.binary),
            ],
            env=os.environ | REPRODUCIBLE | {"PYINSTALLER_CONFIG_DIR": work},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if build.returncode:
        raise FreezeError(f"{build.stdout}error: PyInstaller failed")
    platform = this_platform()
    binary = folder / f"{plugin.binary}{platform.suffix}"
    if platform.os == "linux":
        try:
            reword(binary)
        except UnknownBootloader as err:
            raise FreezeError(str(err)) from err
    return binary

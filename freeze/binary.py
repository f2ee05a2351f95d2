"""Builds one binary with PyInstaller: the same tree gives the same bytes."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
DIST = ROOT / "dist"
SPEC = ROOT / "freeze" / "plugin.spec"
EPOCH = "1767225600"  # every timestamp in a binary or an archive: 2026-01-01
REPRODUCIBLE = {
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": EPOCH,
    "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",
}


class FreezeError(Exception):
    """A binary that does not build; the message is the builder's own words."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin by the name that its users type after kubectl."""

    name: str

    @property
    def package(self) -> str:
        """Its Python package."""
        return f"kubectl_{self.name.replace('-', '_')}"

    @property
    def binary(self) -> str:
        """Its file: kubectl looks for an underscore where its user types a dash."""
        return f"kubectl-{self.name.replace('-', '_')}"


def freeze(plugin: Plugin, dist: Path = DIST) -> Path:
    """The binary, in the given folder."""
    with TemporaryDirectory(prefix="freeze-") as work:
        build = subprocess.run(
            [
                *(sys.executable, "-m", "PyInstaller", "--noconfirm"),
                *("--distpath", str(dist), "--workpath", work),
                *(str(SPEC), "--", plugin.package, plugin.binary),
            ],
            env=os.environ | REPRODUCIBLE | {"PYINSTALLER_CONFIG_DIR": work},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if build.returncode:
        raise FreezeError(build.stdout)
    return dist / plugin.binary

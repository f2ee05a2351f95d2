"""A binary taken apart: what it carries, on disk, for an interpreter that finds nothing else."""

import importlib.util
import marshal
import subprocess
import sys
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader

PACKAGE = 1  # the type of a package in PyInstaller's table of modules
HEADER = importlib.util.MAGIC_NUMBER + bytes(12)
ALONE = """import sys, encodings
sys.path[:] = sys.argv[1:4]
encodings.__path__ = [sys.path[2] + "/encodings"]
"""


def take_apart(binary: Path, folder: Path) -> None:
    """Writes every module and every file of a binary below a folder."""
    archive = CArchiveReader(str(binary))
    table = archive.open_embedded_archive("PYZ.pyz")
    for name, (kind, *_) in table.toc.items():
        file = folder / "modules" / name.replace(".", "/")
        file = file / "__init__.pyc" if kind == PACKAGE else file.with_name(f"{file.name}.pyc")
        _write(file, HEADER + marshal.dumps(table.extract(name)))
    for name, (*_, kind) in archive.toc.items():
        if kind == "m":  # what the bootloader imports first
            _write(folder / "modules" / f"{name}.pyc", HEADER + archive.extract(name))
        elif kind in "bx":
            dynamic = "lib-dynload" in name
            place = folder / "modules" / (f"lib-dynload/{Path(name).name}" if dynamic else name)
            _write(place, archive.extract(name))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def run_alone(folder: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a program in an interpreter that can import only what was taken out of the binary."""
    places = [
        f"{folder}/modules",
        f"{folder}/modules/lib-dynload",
        f"{folder}/modules/base_library.zip",
    ]
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", ALONE + program, *places, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )

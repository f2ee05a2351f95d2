"""Packs a binary as krew takes it: regular files only, the licence among them."""

import gzip
import hashlib
import tarfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

from freeze.binary import EPOCH
from freeze.platforms import Platform
from freeze.plugins import ROOT, Plugin

EXECUTABLE, READABLE = 0o755, 0o644


def pack(plugin: Plugin, binary: Path, version: str, platform: Platform, folder: Path) -> Path:
    """The archive, in the given folder; the same binary gives the same bytes."""
    path = folder / plugin.archive(version, platform)
    members = [
        (plugin.binary + platform.suffix, binary, EXECUTABLE),
        ("LICENSE", ROOT / "LICENSE", READABLE),
    ]
    (_zip if platform.archive_suffix == ".zip" else _tar)(path, members)
    return path


def _tar(path: Path, members: list[tuple[str, Path, int]]) -> None:
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=int(EPOCH)) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name, file, mode in members:
            member = tarfile.TarInfo(name)  # of nobody in particular: uid 0, no names
            member.size, member.mode, member.mtime = file.stat().st_size, mode, int(EPOCH)
            with file.open("rb") as content:
                archive.addfile(member, content)


def _zip(path: Path, members: list[tuple[str, Path, int]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file, mode in members:
            member = zipfile.ZipInfo(name, time.gmtime(int(EPOCH))[:6])
            member.create_system = 3  # Unix, on whatever system: the mode is kept
            member.external_attr = (0o100000 | mode) << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, file.read_bytes())


def sha256(file: Path) -> str:
    """The checksum of a file, as krew and `sha256sum` write it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def write_checksums(archives: Iterable[Path], path: Path) -> None:
    """SHA256SUMS, as `sha256sum --check` reads it."""
    ordered = sorted(archives, key=lambda archive: archive.name)
    path.write_text("".join(f"{sha256(archive)}  {archive.name}\n" for archive in ordered))

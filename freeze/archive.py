"""Packs a binary as krew takes it: regular files only, the licence among them."""

import gzip
import hashlib
import tarfile
from collections.abc import Iterable
from pathlib import Path

from freeze.binary import EPOCH, ROOT


def pack(binary: Path, version: str) -> Path:
    """The archive beside the binary; the same binary gives the same bytes."""
    path = binary.with_name(f"{binary.name}_v{version}_linux_amd64.tar.gz")
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=int(EPOCH)) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        _add(archive, binary, 0o755)
        _add(archive, ROOT / "LICENSE", 0o644)
    return path


def _add(archive: tarfile.TarFile, file: Path, mode: int) -> None:
    member = tarfile.TarInfo(file.name)  # of nobody in particular: uid 0, no names
    member.size, member.mode, member.mtime = file.stat().st_size, mode, int(EPOCH)
    with file.open("rb") as content:
        archive.addfile(member, content)


def write_checksums(archives: Iterable[Path], path: Path) -> None:
    """SHA256SUMS, as `sha256sum --check` reads it."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in archives]
    path.write_text("".join(sorted(lines, key=lambda line: line.split()[1])))

"""Unpacks an archive as krew does: folders and regular files, and nothing outside of the folder."""

import tarfile
import zipfile
from pathlib import Path, PurePosixPath


class NotPacked(Exception):
    """An archive that krew would not unpack; the message says why, and follows the archive's name."""


def unpack(archive: Path, folder: Path) -> list[str]:
    """Unpacks all members and gives their names; like krew, it goes by the content, not by the name."""
    folder.mkdir(parents=True, exist_ok=True)
    with archive.open("rb") as opened:
        start = opened.read(4)
    if start.startswith(b"\x1f\x8b"):
        return _unpack_tar(archive, folder)
    if start == b"PK\x03\x04":
        return _unpack_zip(archive, folder)
    raise NotPacked("is neither a .tar.gz nor a .zip")


def _unpack_tar(archive: Path, folder: Path) -> list[str]:
    with tarfile.open(archive) as opened:
        for member in opened:
            place = _place(folder, member.name)
            if not member.isreg():
                raise NotPacked(f'holds "{member.name}", which is no regular file')
            content = opened.extractfile(member)
            place.write_bytes(content.read() if content else b"")
            place.chmod(member.mode)
        return opened.getnames()


def _unpack_zip(archive: Path, folder: Path) -> list[str]:
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            place = _place(folder, member.filename)
            place.write_bytes(opened.read(member))
            place.chmod(member.external_attr >> 16 & 0o777)
        return opened.namelist()


def _place(folder: Path, name: str) -> Path:
    """Where a member goes; krew refuses names that lead elsewhere."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise NotPacked(f'holds "{name}", which leads out of the folder')
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    return place

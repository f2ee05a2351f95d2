"""What is inside a finished binary: its modules, its files, and the glibc that they need."""

import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader

NEEDED_VERSIONS = 0x6FFFFFFE  # SHT_GNU_verneed
SECTION = struct.Struct("<IIQQQQIIQQ")
LIBRARY, SYMBOL_VERSION = struct.Struct("<HHIII"), struct.Struct("<IHHII")


def modules(binary: Path) -> set[str]:
    """The Python modules, those of the base library aside."""
    return set(CArchiveReader(str(binary)).open_embedded_archive("PYZ.pyz").toc)


def distributions(binary: Path) -> set[str]:
    """The top-level packages that are neither ours nor Python's."""
    tops = {name.partition(".")[0] for name in modules(binary)}
    return {top for top in tops - sys.stdlib_module_names if not top.startswith("kubectl_")}


def members(binary: Path) -> dict[str, bytes]:
    """Every file that is unpacked, by its name, and the bootloader by an empty one."""
    archive = CArchiveReader(str(binary))
    unpacked = {name: archive.extract(name) for name in archive.toc if archive.toc[name][4] == "b"}
    return {"": binary.read_bytes()} | unpacked


def glibc_floor(binary: Path) -> tuple[int, int]:
    """The oldest glibc that has every symbol version that any member of a Linux binary asks for."""
    asked = (name for content in members(binary).values() for name in symbol_versions(content))
    numbers = (
        name.removeprefix("GLIBC_").split(".") for name in asked if name.startswith("GLIBC_2")
    )
    return max((int(major), int(minor)) for major, minor, *_ in numbers)


def symbol_versions(content: bytes) -> Iterator[str]:
    """The symbol versions that a 64-bit ELF file asks of its libraries."""
    if not content.startswith(b"\x7fELF\x02\x01"):
        return
    (table,) = struct.unpack_from("<Q", content, 40)
    size, count = struct.unpack_from("<HH", content, 58)
    sections = [SECTION.unpack_from(content, table + size * index) for index in range(count)]
    for _, kind, _, _, start, _, link, _, _, _ in sections:
        if kind == NEEDED_VERSIONS:
            yield from _versions(content, start, sections[link][4])


def _versions(content: bytes, library: int, names: int) -> Iterator[str]:
    while True:
        _, count, _, first, step = LIBRARY.unpack_from(content, library)
        entry = library + first
        for _ in range(count):
            _, _, _, name, following = SYMBOL_VERSION.unpack_from(content, entry)
            yield content[names + name : content.index(b"\0", names + name)].decode()
            entry += following
        if not step:
            return
        library += step

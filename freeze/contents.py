"""What a frozen plugin leaves out: PyInstaller takes along whatever any import statement names."""

from importlib import import_module
from pkgutil import iter_modules

# Imported by a library for a case that does not arise: each costs unpacking or start-up.
UNUSED_MODULES = {
    "asyncio",
    "attr",  # msgspec decodes attrs classes as well
    "attrs",
    "bz2",  # shutil's archives
    "cryptography",  # an alternative to ssl
    "ctypes",  # the bootloader would import it on every start
    "curses",
    "distutils",
    "idna",  # urllib3's, for names of hosts that are not ASCII
    "lzma",
    "multiprocessing",
    "pdb",
    "pickle",  # logging's network handlers
    "pydoc",
    "readline",
    "setuptools",
    "statistics",  # random's own test
    "stringprep",  # the IDNA codec's
    "tkinter",
    "typing_extensions",  # msgspec does without
    "unicodedata",  # a megabyte; the picker has tables of its own
    "unittest",
    "wcwidth",  # tabulate, where it is installed
    "xmlrpc",
}

# Small libraries that the standard library does without: each file is made and removed at every start.
UNUSED_MODULES |= {
    "_contextvars",
    "_json",
    "_md5",
    "_opcode",
    "_sha1",
    "_sha256",
    "_sha3",
    "_uuid",
    "grp",
    "resource",
}
USED = {"kubectl_proxy_mode": {"resource"}}  # as many files as probes

# Text is UTF-8 here, always, and names of hosts are ASCII: no tables of other encodings.
ENCODINGS = {"aliases", "ascii", "latin_1", "utf_8"}


def unused_modules(package: str) -> list[str]:
    """What the binary of a plugin leaves out."""
    encodings = modules_of("encodings") - {f"encodings.{name}" for name in ENCODINGS}
    return sorted(UNUSED_MODULES.union(encodings) - USED.get(package, set()))


def modules_of(package: str) -> set[str]:
    """Every module of an installed package, by its whole name."""
    places = import_module(package).__path__
    return {f"{package}.{module.name}" for module in iter_modules(places)}


def is_needed(destination: str) -> bool:
    """Whether a file of the bundle is: importlib.metadata's papers and CJK tables are not.

    Neither is zlib's library: the bootloader loads the system's before anything is unpacked.
    """
    papers, tables = ".dist-info/" in destination, "/_codecs_" in destination
    return not papers and not tables and not destination.startswith("libz.so")

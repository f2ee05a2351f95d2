"""What a frozen plugin leaves out: PyInstaller takes along whatever any import statement names."""

# Imported by a library for a case that does not arise: each costs unpacking or start-up.
UNUSED_MODULES = [
    "attr",  # msgspec decodes attrs classes as well
    "attrs",
    "ctypes",  # the bootloader would import it on every start
    "kubernetes",
    "lzma",  # shutil's archives
    "bz2",
    "multiprocessing",
    "pickle",  # logging's network handlers
    "pydoc",
    "statistics",  # random's own test
    "stringprep",  # the IDNA codec's
    "tkinter",
    "typing_extensions",  # msgspec does without
    "unicodedata",  # a megabyte; nothing here asks for a character's name
    "unittest",
    "wcwidth",  # tabulate, where it is installed
    "xmlrpc",
]

# Text is UTF-8 here, always, and names of hosts are ASCII: no tables of other encodings.
ENCODINGS = {"aliases", "ascii", "latin_1", "utf_8"}


def unused_encodings() -> list[str]:
    """Every module of the encodings package that is none of ENCODINGS."""
    import encodings
    from pkgutil import iter_modules

    names = {module.name for module in iter_modules(encodings.__path__)}
    return [f"encodings.{name}" for name in sorted(names - ENCODINGS)]


def is_needed(destination: str) -> bool:
    """Whether a file of the bundle is: importlib.metadata's papers and CJK tables are not."""
    return ".dist-info/" not in destination and "/_codecs_" not in destination

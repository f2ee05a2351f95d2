"""What the bootloader says where it cannot unpack: the way out, in our words.

It fails before any Python runs, so its own texts are all that a user sees. Each is replaced in
place, in the finished binary, by one that is no longer. Arguments that a text does not ask for are
ignored, as C has it. Elsewhere than on Linux the binaries keep PyInstaller's words: on macOS a
change would break the signature.
"""

from pathlib import Path

WORDS = {
    "[PYI-%d:ERROR] ": "error: ",
    "[PYI-%d:%s] ": "error: ",
    "Could not create temporary directory!\n": "cannot unpack: set TMPDIR=FOLDER\n",
    # The system's reason follows, and then the next text.
    "Failed to extract %s: failed to write data chunk!\n": "cannot unpack %s: ",
    "Failed to extract entry: %s.\n": "set TMPDIR=FOLDER with room\n",
    # The first argument, a path, is repeated by the second, the system's reason.
    "Failed to load Python shared library '%s': %s\n": "%.0s%s (noexec? set TMPDIR=FOLDER)\n",
}


class UnknownBootloader(Exception):
    """PyInstaller's bootloader has other texts than those that we know."""


def reword(binary: Path) -> None:
    """Gives the bootloader of a finished binary our words."""
    content = bytearray(binary.read_bytes())
    for theirs, ours in WORDS.items():
        old = theirs.encode() + b"\0"
        start = content.find(old)
        if start < 0:
            raise UnknownBootloader(f'error: the bootloader does not say "{theirs.strip()}"')
        content[start : start + len(old)] = ours.encode().ljust(len(old), b"\0")
    binary.write_bytes(content)

"""A new file for the user's eyes alone: opened by its own name, never through a link that leads away."""

import os

# Windows lacks the one, and without the other writes two bytes for the end of a line.
_FLAGS = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def open_private(path: str | os.PathLike[str], *, replace: bool = False) -> int:
    """The descriptor of a file that only this user reads; with `replace`, of one that may be there."""
    return os.open(path, _FLAGS | (os.O_TRUNC if replace else os.O_EXCL), 0o600)

"""Lets somebody at a terminal choose one of many names: by fzf where it is, else by a picker of ours.

`matching` finds and ranks, `view` is what is known while it is open, `drawing` shows it, `keys` reads
the keyboard, `terminal` is the terminal itself, `session` puts them together, `fzf` is the other way.
"""

import os
import sys
from collections.abc import Mapping, Sequence

from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.picker.view import Choice

__all__ = ["Choice", "can_pick", "pick"]

TERMINAL = "/dev/tty"


def can_pick(environ: Mapping[str, str]) -> bool:
    """Whether somebody is there to choose: stdin and stdout are a terminal that can move its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty() and environ.get("TERM", "dumb") != "dumb"


def pick(
    choices: Sequence[Choice], *, query: str = "", environ: Mapping[str, str] = os.environ
) -> str | None:
    """The chosen name; None where the picker was left."""
    at = _choose(choices, query, environ)
    return None if at is None else choices[at].name


def _choose(choices: Sequence[Choice], query: str, environ: Mapping[str, str]) -> int | None:
    if not environ.get("KUBECTX_IGNORE_FZF"):
        from kubectl_fieldkit.process import find_program

        if found := find_program("fzf", environ):
            from kubectl_fieldkit.picker import fzf

            return fzf.choose(found, choices, query, environ)
    try:
        from kubectl_fieldkit.picker.session import choose
        from kubectl_fieldkit.picker.terminal import raw_terminal
    except ImportError as err:  # without termios, which Windows does not have
        hint = "name what you want, list it with -o table, or install fzf"
        raise FieldkitError("the picker needs a terminal of Unix", hint) from err
    try:
        with raw_terminal(TERMINAL, not environ.get("NO_COLOR")) as terminal:
            return choose(terminal, choices, query)
    except OSError as err:
        reason = (err.strerror or "").lower()
        raise FieldkitError(f"cannot use the terminal: {reason}", "name what you want") from err

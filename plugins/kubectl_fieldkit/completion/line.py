"""The words up to the cursor → what is asked for there."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.flags import Flag, take_flags
from kubectl_fieldkit.verbs import Command, Verbs, take_verb

CURSOR = "\0"  # no word of a command line can hold it
HELP = Flag("-h --help", "Show the help.")


class Cursor(Struct, frozen=True):
    """Where the cursor is: behind which words and flags' values, and in which text.

    With `flag` its value is asked for, with `is_flag` a flag's name, else a word.
    """

    verb: str
    command: Command
    values: dict[str, Any]
    words: tuple[str, ...]
    text: str
    flag: Flag | None = None
    is_flag: bool = False
    escaped: bool = False  # behind "--", where no word is a verb


def find_cursor(verbs: Verbs, argv: Sequence[str]) -> Cursor:
    """The cursor is in the last word; UsageError where those before it are no command line."""
    *before, text = argv or [""]
    verb, rest = take_verb(verbs, before)
    command = verbs[verb]()
    flags = [replace(flag, choices=(), convert=str) for flag in command.flags]
    values, words = take_flags(flags, [*rest, CURSOR])
    if taking := next((flag for flag in command.flags if _has_cursor(values[flag.key])), None):
        values[taking.key] = taking.absent
        return Cursor(verb, command, values, words, text, flag=taking)
    escaped = take_flags(flags, [*rest, "--"])[1][-1:] == ("--",)
    here = Cursor(verb, command, values, words[:-1], text, escaped=escaped)
    return here if escaped or not text.startswith("-") else _in_flag(here)


def _has_cursor(value: object) -> bool:
    return value == CURSOR or (isinstance(value, tuple) and CURSOR in value)


def _in_flag(here: Cursor) -> Cursor:
    """In a flag's name; or, behind a `=`, in its value, which alone is the text then."""
    name, given, text = here.text.partition("=")
    if not given:
        return replace(here, is_flag=True)
    flag = next((flag for flag in here.command.flags if name in flag.spellings), HELP)
    return replace(here, text=text, flag=flag)

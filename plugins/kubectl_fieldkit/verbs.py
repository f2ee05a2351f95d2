"""argv → request: one dispatcher for every plugin.

The first word that is not a flag may be a verb (`kubectl taints lint`); flags stand before or after
it. `node/lint`, or anything behind `--`, is never a verb.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag, take_flags
from kubectl_fieldkit.output import write

if TYPE_CHECKING:
    from kubectl_fieldkit.completion.choices import Choice
    from kubectl_fieldkit.completion.line import Cursor
    from kubectl_fieldkit.completion.patience import Patience


class Request(Protocol):
    """What a command line asks for; `run` answers it and gives the exit code."""

    def run(self) -> int:
        """Gather, decide, report, emit."""


class Command(Struct, frozen=True):
    """A verb's command line: its flags and words, what becomes of them, its help.

    `build` makes the request of the flags' values and, under `words`, the words; `usage` names them.
    For TAB, `completes` is what a word is, as in a Flag, with dots where there may be several; or
    `choices` are the words. `more` finds what a word can be besides.
    """

    build: Callable[[dict[str, Any]], Request]
    flags: Sequence[Flag]
    help: str
    examples: str
    usage: str = ""
    completes: str = ""
    choices: tuple[str, ...] = ()
    more: "Callable[[Cursor, Mapping[str, str], Patience], Sequence[Choice]] | None" = None


# A verb's command line is made when it is the one that was typed; the empty verb is the plugin's own.
Verbs = Mapping[str, Callable[[], Command]]


class Help(Struct, frozen=True):
    """Asked for help: the text is the answer."""

    text: str

    def run(self) -> int:
        """Prints it."""
        write(self.text, sys.stdout)
        return 0


def parse(plugin: str, verbs: Verbs, argv: Sequence[str]) -> Request:
    """The request that the verb's `build` made of argv, or Help; UsageError where it is wrong."""
    verb, words = take_verb(verbs, argv)
    name = f"kubectl {plugin} {verb}".rstrip()
    command = verbs[verb]()
    if any(word in ("-h", "--help") for word in _before_dashes(words)):
        from kubectl_fieldkit.help import render_help

        return Help(render_help(name, command, [v for v in verbs if v and not verb]))
    try:
        values, free = take_flags(command.flags, words)
        if free and not command.usage:
            raise UsageError(f'unexpected argument "{free[0]}"')
    except UsageError as err:
        raise UsageError(err.message, f'see "{name} --help"') from err
    return command.build(values | {"words": free})


def take_verb(verbs: Verbs, argv: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The verb, and the other words; where no word is a verb's, no command line is made to find out."""
    if verbs.keys().isdisjoint(argv):
        return "", argv
    at = _first_word(argv, _takes_value(verbs))
    if at is None or not argv[at] or argv[at] not in verbs:
        return "", argv
    return argv[at], [*argv[:at], *argv[at + 1 :]]


def _takes_value(verbs: Verbs) -> set[str]:
    flags = (flag for command in verbs.values() for flag in command().flags)
    return {spelling for flag in flags if flag.takes for spelling in flag.spellings}


def _first_word(words: Sequence[str], takes_value: set[str]) -> int | None:
    value = False
    for i, word in enumerate(words):
        if value:
            value = False
        elif word == "--":
            return None
        elif word in takes_value:
            value = True
        elif not word.startswith("-") or word == "-":
            return i
    return None


def _before_dashes(words: Sequence[str]) -> Sequence[str]:
    return words[: words.index("--")] if "--" in words else words

"""Flags as kubectl's own parser (spf13/pflag) takes them, and in its words.

Why not click: importing it is a sixth of a whole kubectl run, and its words are not kubectl's.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.errors import UsageError

TRUE, FALSE = {"1", "t", "true"}, {"0", "f", "false"}


class Flag(Struct, frozen=True):
    """A flag: how it is spelled (`-o --output`), what it takes (nothing: it is a switch), its help.

    `name` is the key of its value, by default the long spelling's. `many` may be repeated. `convert`
    makes the value of the text; it raises UsageError with the reason. `completes` is what its value is
    the name of, for TAB: contexts, clusters, users, namespaces, nodes, pods, targets or objects.
    """

    spelling: str
    help: str
    takes: str = ""
    name: str = ""
    many: bool = False
    choices: tuple[str, ...] = ()
    default: object = None
    convert: Callable[[str], object] = str
    completes: str = ""

    @property
    def spellings(self) -> list[str]:
        """The short one first, where there is one."""
        return self.spelling.split()

    @property
    def key(self) -> str:
        """The key of its value."""
        return self.name or self.spellings[-1].lstrip("-").replace("-", "_")

    @property
    def absent(self) -> object:
        """Its value where it is not given."""
        if self.many:
            return ()
        return self.default if self.takes else False


def take_flags(
    flags: Sequence[Flag], words: Sequence[str]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Each flag's value by its key, and the words that are no flags; UsageError in pflag's words."""
    known = {spelling: flag for flag in flags for spelling in flag.spellings}
    values: dict[str, Any] = {flag.key: flag.absent for flag in flags}
    free: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            free += rest
            break
        if word.startswith("--"):
            _take_long(known, word, rest, values)
        elif word.startswith("-") and word != "-":
            _take_short(known, word, rest, values)
        else:
            free.append(word)
    return values, tuple(free)


def _take_long(
    known: Mapping[str, Flag], word: str, rest: list[str], values: dict[str, Any]
) -> None:
    name, given, text = word.partition("=")
    flag = known.get(name)
    if flag is None:
        raise UsageError(f"unknown flag: {name}")
    if not flag.takes:
        values[flag.key] = _is_true(flag, text) if given else True
    elif given or rest:
        _set(flag, text if given else rest.pop(0), values)
    else:
        raise UsageError(f"flag needs an argument: {name}")


def _take_short(
    known: Mapping[str, Flag], word: str, rest: list[str], values: dict[str, Any]
) -> None:
    """One or several letters; behind one that takes a value, all else is the value."""
    for i, letter in enumerate(word[1:], start=1):
        flag, text = known.get(f"-{letter}"), word[i + 1 :]
        if flag is None:
            raise UsageError(f"unknown shorthand flag: '{letter}' in {word}")
        if not flag.takes and not text.startswith("="):
            values[flag.key] = True
            continue
        if not flag.takes:
            values[flag.key] = _is_true(flag, text[1:])
        elif text or rest:
            _set(flag, text.removeprefix("=") if text else rest.pop(0), values)
        else:
            raise UsageError(f"flag needs an argument: '{letter}' in {word}")
        return


def _set(flag: Flag, text: str, values: dict[str, Any]) -> None:
    if flag.choices and text not in flag.choices:
        raise _invalid(flag, text, f"must be one of {', '.join(flag.choices)}")
    try:
        value = flag.convert(text)
    except UsageError as err:
        raise _invalid(flag, text, err.message) from err
    values[flag.key] = (*values[flag.key], value) if flag.many else value


def _is_true(flag: Flag, text: str) -> bool:
    if text.lower() not in TRUE | FALSE:
        raise _invalid(flag, text, "must be true or false")
    return text.lower() in TRUE


def _invalid(flag: Flag, text: str, reason: str) -> UsageError:
    return UsageError(f'invalid argument "{text}" for "{", ".join(flag.spellings)}" flag: {reason}')

"""Choices → Cobra's protocol: one a line, with a tab and a description, and a directive as the last line."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from kubectl_fieldkit.untrusted import clean

# Cobra's ShellCompDirective, a sum of bits.
FILES, NO_SPACE, NO_FILES, FOLDERS = 0, 2, 4, 16

# In bash older kubectls (1.32 among them) hand every choice to `compgen -W`, which runs the `$(…)` in
# a name at TAB, and bash ends a word at "=". So whatever a shell reads as more than a letter is left out.
_PLAIN = frozenset("._@%+:,/-")


class Choice(Struct, frozen=True):
    """What may stand at the cursor, and a few words of ours on what that is."""

    text: str
    help: str = ""


def is_plain(text: str) -> bool:
    """Whether every shell takes the text as one word that is no flag, without any quotes."""
    return (
        bool(text)
        and not text.startswith("-")
        and all(letter.isalnum() or letter in _PLAIN for letter in text)
    )


def of_names(names: Iterable[str], prefix: str = "") -> list[Choice]:
    """The names that a shell takes as they are, behind a prefix such as `deploy/`."""
    return [Choice(prefix + name) for name in names if is_plain(name)]


def beginning(choices: Iterable[Choice], text: str, taken: Sequence[str] = ()) -> list[Choice]:
    """Those that go on from what was typed, each once, without those that the line has already."""
    fitting = {choice.text: choice for choice in choices if choice.text.startswith(text)}
    return [choice for choice in fitting.values() if choice.text not in taken]


def directive_of(choices: Sequence[Choice]) -> int:
    """No files; and no space behind `deploy/`, where a name is to follow."""
    unfinished = bool(choices) and all(choice.text.endswith("/") for choice in choices)
    return NO_FILES | (NO_SPACE if unfinished else 0)


def written(choices: Iterable[Choice], directive: int) -> str:
    """The lines that kubectl reads."""
    lines = [f"{each.text}\t{clean(each.help)}" if each.help else each.text for each in choices]
    return "".join(f"{line}\n" for line in [*lines, f":{directive}"])

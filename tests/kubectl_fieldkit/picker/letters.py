"""Makes the tables of picker/letters.py: `python -m tests.kubectl_fieldkit.picker.letters` prints them."""

import sys
import textwrap
from collections.abc import Callable, Iterator
from unicodedata import category, east_asian_width, unidata_version

UNASSIGNED = ("Cn", "Cs", "Co")


def letters() -> Iterator[str]:
    """Every letter that somebody has assigned."""
    everything = map(chr, range(sys.maxunicode + 1))
    return (letter for letter in everything if category(letter) not in UNASSIGNED)


def is_combining(letter: str) -> bool:
    """Whether it takes no column of its own."""
    return category(letter) in ("Mn", "Me")


def is_wide(letter: str) -> bool:
    """Whether it takes two."""
    return east_asian_width(letter) in ("W", "F") and not is_combining(letter)


def _ranges(belongs: Callable[[str], bool]) -> Iterator[str]:
    """Runs of letters that belong, in hexadecimal, over what is not assigned."""
    run: list[str] = []
    for letter in letters():
        if belongs(letter):
            run = [*run[:1], letter]
        elif run:
            yield "-".join(f"{ord(each):x}" for each in run)
            run = []
    if run:
        yield "-".join(f"{ord(each):x}" for each in run)


if __name__ == "__main__":
    print(f'UNICODE = "{unidata_version}"')
    for name, belongs in (("WIDE", is_wide), ("COMBINING", is_combining)):
        print(f'{name} = """')
        print("\n".join(textwrap.wrap(" ".join(_ranges(belongs)), 112)))
        print('"""')

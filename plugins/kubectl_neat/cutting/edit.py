"""A change of the text at one place."""

from collections.abc import Iterable

from msgspec import Struct


class Edit(Struct, frozen=True, gc=False, order=True):
    """What stands from `start` to `end` makes room for `text`."""

    start: int
    end: int
    text: str = ""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after all of them; what two of them take away goes once."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.text]
        at = max(at, edit.end)
    return "".join([*parts, text[at:]])

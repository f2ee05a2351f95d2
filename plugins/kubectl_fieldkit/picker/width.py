"""How many columns of a terminal a text takes."""

from functools import cache


def width(text: str) -> int:
    """Wide letters take two columns, combining marks none."""
    return len(text) if text.isascii() else sum(map(_letter, text))


@cache
def _letter(letter: str) -> int:
    from kubectl_fieldkit.picker.letters import COMBINING, WIDE

    if _is_among(letter, COMBINING):
        return 0
    return 2 if _is_among(letter, WIDE) else 1


def _is_among(letter: str, ranges: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _pairs(ranges))


@cache
def _pairs(ranges: str) -> list[tuple[int, int]]:
    pairs = (each.partition("-") for each in ranges.split())
    return [(int(first, 16), int(last or first, 16)) for first, _, last in pairs]


def cut(text: str, room: int) -> str:
    """As much of the text's beginning as fits."""
    while text and width(text) > room:
        text = text[: max(0, min(len(text) - 1, room))]
    return text


def cut_front(text: str, room: int) -> str:
    """As much of the text's end as fits."""
    text = text[-room:] if room > 0 else ""
    while text and width(text) > room:
        text = text[1:]
    return text

"""How many columns of a terminal a text takes."""


def width(text: str) -> int:
    """Wide letters take two columns, combining marks none."""
    return len(text) if text.isascii() else sum(map(_letter, text))


def _letter(letter: str) -> int:
    from unicodedata import category, east_asian_width

    if category(letter) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(letter) in ("W", "F") else 1


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

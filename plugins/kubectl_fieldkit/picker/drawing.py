"""A view → what is written to the terminal; pure.

The block begins on the line of the shell's prompt or below it, and the cursor always rests on the
block's first line: whatever a resize made of the lines below, they are erased from there.
"""

from msgspec import Struct

from kubectl_fieldkit.picker.matching import matched
from kubectl_fieldkit.picker.view import View
from kubectl_fieldkit.picker.width import cut, cut_front, width
from kubectl_fieldkit.untrusted import clean

PROMPT = "> "
MOST_ROWS = 20
ERASE_BELOW, ERASE_LINE = "\x1b[J", "\x1b[K"
NO_WRAP, WRAP = "\x1b[?7l", "\x1b[?7h"
PLAIN, DIM, MATCHED, CURRENT, CURSOR = "0", "2", "32", "1;33", "7"


class Size(Struct, frozen=True):
    """A terminal's columns and rows, and whether it is to show colours."""

    columns: int
    rows: int
    color: bool = True


def draw(view: View, size: Size) -> str:
    """The block from its first line on, the cursor behind the query at the end."""
    head, column = _head(view, size)
    lines = [head, *(_row(view, i, size) for i in _window(view, size))]
    back = f"\x1b[{len(lines) - 1}A" if len(lines) > 1 else ""
    body = f"{ERASE_LINE}\r\n".join(lines) + ERASE_BELOW
    return f"\r{NO_WRAP}{body}{back}\r{_right(column)}{WRAP}"


def redraw_after_resize(view: View, before: Size, after: Size) -> str:
    """Erases what a narrower terminal folded of the first line, then draws."""
    _, column = _head(view, before)
    folded = column // max(1, after.columns)
    return (f"\x1b[{folded}A" if folded else "") + f"\r{ERASE_BELOW}" + draw(view, after)


def erase() -> str:
    """Leaves the terminal as it was above the block, the cursor where the block began."""
    return f"\r{ERASE_BELOW}"


def _right(column: int) -> str:
    return f"\x1b[{column}C" if column else ""


def _head(view: View, size: Size) -> tuple[str, int]:
    """The query, its end where it is too long, and how many match where there is room."""
    room = max(0, size.columns - 1 - len(PROMPT))
    query = cut_front(clean(view.query), room)
    column = len(PROMPT) + width(query)
    count = f"  {len(view.matches)}/{len(view.names)}"
    shown = cut(PROMPT, size.columns - 1) + query
    if column + len(count) < size.columns:
        shown += _paint(count, DIM, size)
    return shown, min(column, size.columns - 1)


def _window(view: View, size: Size) -> range:
    """The matches that are shown: as many as fit, the cursor's in the middle where it can be."""
    count = len(view.matches)
    rows = max(1, min(size.rows - 1, MOST_ROWS, count))
    first = max(0, min(view.at - rows // 2, count - rows))
    return range(first, min(count, first + rows))


def _row(view: View, i: int, size: Size) -> str:
    choice = view.choices[view.matches[i]]
    name = view.names[view.matches[i]]
    mark = (">" if i == view.at else " ") + ("*" if choice.current else " ") + " "
    room = max(0, size.columns - 1 - len(mark))
    style = ";".join([CURRENT] * choice.current + [CURSOR] * (i == view.at) or [PLAIN])
    shown, places = _fit(name, matched(view.query, name), room)
    note = f"  {clean(choice.note)}" if choice.note else ""
    text = "".join(
        _paint(letter, f"{style};{MATCHED}" if at in places else style, size)
        for at, letter in _runs(shown, places)
    )
    left = room - width(shown)
    return cut(mark, size.columns - 1) + text + _paint(cut(note, left), DIM, size)


def _fit(name: str, places: set[int], room: int) -> tuple[str, set[int]]:
    """The name cut to the room, such that its last matched letter is seen."""
    if width(name) <= room:
        return name, places
    last = max(places, default=0)
    head = name[: last + 1]
    start = 0 if width(head) + 2 <= room else min(last, len(head) - len(cut_front(head, room - 4)))
    front = ".." if start else ""
    shown = front + cut(name[start:], room - len(front))
    if width(name[start:]) > room - len(front):
        shown = front + cut(name[start:], max(0, room - len(front) - 2)) + ".."
    return cut(shown, room), {at - start + len(front) for at in places if at >= start}


def _runs(text: str, places: set[int]) -> list[tuple[int, str]]:
    """The text in pieces of one style each, with where they begin."""
    runs: list[tuple[int, str]] = []
    for at, letter in enumerate(text):
        if runs and (at in places) == (runs[-1][0] in places):
            runs[-1] = (runs[-1][0], runs[-1][1] + letter)
        else:
            runs.append((at, letter))
    return runs


def _paint(text: str, style: str, size: Size) -> str:
    """The text in its style, as it is where there are no colours: the marks say the same."""
    painted = size.color and text and style != PLAIN
    return f"\x1b[{style}m{text}\x1b[0m" if painted else text

"""The entries of a collection, as the text has them."""

import re
from collections.abc import Iterator

from msgspec import Struct

from kubectl_neat.cutting.lines import BLANK, Lines
from kubectl_neat.cutting.node import Node

_COLON = re.compile(BLANK + ":")


class Entry(Struct, frozen=True, gc=False):
    """A key with its value, or an item: from its key, `?` or dash to behind its last character.

    `floor` is where what stands before it ends; `said` is behind its colon or dash; `comma` is the
    place of the comma that follows it, -1 where none does.
    """

    step: str | int
    value: Node
    floor: int
    start: int
    said: int
    end: int
    comma: int = -1

    @property
    def whole(self) -> int:
        """Behind its last character, its comma included."""
        return self.comma + 1 if self.comma >= 0 else self.end


def read_entries(lines: Lines, node: Node, floor: int) -> Iterator[Entry]:
    """A collection's entries; `floor` is where what stands before the first one ends."""
    if node.flow:
        floor = node.inside
    children = node.pairs or [(item, item) for item in node.items]
    for at, (key, value) in enumerate(children):
        start = node.inside if not at and not node.flow else lines.skip(floor)
        if node.kind == "sequence":
            step: str | int = at
            said = start if node.flow else start + 1
        else:
            step, said = key.key(), _behind_colon(lines.text, key)
        end = value.end if value.end > value.start else said
        comma = lines.skip(end) if node.flow else -1
        if lines.text[comma : comma + 1] != ",":
            comma = -1
        yield Entry(step, value, floor, start, said, end, comma)
        floor = comma + 1 if comma >= 0 else end


def _behind_colon(text: str, key: Node) -> int:
    found = _COLON.match(text, key.end)
    return found.end() if found else key.end

"""YAML in the plain block style that kubectl writes, read by lines.

Importing the YAML parser takes a tenth of a whole run. What is left to it is everything else: flow
style, anchors, tags, text over several lines, escapes, tabs, CRLF, a second document.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from kubectl_fieldkit.yaml_scalars import resolve

_TEXT = r"""[^\s"'#&*!|>%`{}\[\],:]"""
_TEXTS = r"""[^"'#&*!|>%`{}\[\],:]*"""  # with spaces
_VALUE = rf"""(?:[\w./+=~^$;(]|-+\w){_TEXTS}(?::+{_TEXT}{_TEXTS})*|"[^"\\]*"|'[^']*'|\[\]|\{{\}}"""
# A key with or without a value, an item that begins with one, or an item that is a value.
_LINE = re.compile(rf"( *)(- )?(?:([A-Za-z][\w./-]{{0,99}}):(?: ({_VALUE}))?|({_VALUE}))")


class Unclear(Exception):
    """Something that only the YAML parser understands."""


class _Part(Struct):
    """A dash, a key, or an item's value, and the column that it stands in."""

    column: int
    dash: bool = False
    key: str | None = None
    value: str | None = None


def read_plain(text: str) -> dict[str, object]:
    """The mapping that the text is; Unclear where it is not certain what a YAML parser would say."""
    if not text.endswith("\n") or not text.replace("\n", "").isprintable():
        raise Unclear
    parts = list(_parts(text))
    if not parts:
        raise Unclear
    block = _Block(parts)
    root = block.mapping(parts[0].column)
    if block.column >= 0:
        raise Unclear
    return root


def _parts(text: str) -> Iterator[_Part]:
    for line in text.split("\n"):
        if line.lstrip(" ")[:1] in ("", "#"):
            continue
        found = _LINE.fullmatch(line)
        if not found:
            raise Unclear
        indent, dash, key, value, item = found.groups()
        column = len(indent)
        if dash:
            yield _Part(column, dash=True)
            column += len(dash)
        elif key is None:
            raise Unclear
        if key is not None and not isinstance(resolve(key), str):
            raise Unclear
        yield _Part(column, key=key, value=value or item)


class _Block:
    """The parts, taken one after the other."""

    def __init__(self, parts: list[_Part]) -> None:
        self._rest = iter(parts)
        self._next = next(self._rest, None)

    @property
    def column(self) -> int:
        """Where the next part stands; -1 at the end."""
        return self._next.column if self._next else -1

    def mapping(self, column: int) -> dict[str, object]:
        """The keys of this column, to the first part that stands before it."""
        found: dict[str, object] = {}
        while self.column == column:
            part = self._take()
            if part.key is None:
                raise Unclear
            found[part.key] = self._below(column) if part.value is None else _scalar(part.value)
        if self.column > column:
            raise Unclear
        return found

    def _below(self, column: int) -> object:
        """What a key of this column is followed by: a sequence may stand in the same column."""
        if self._next and self._next.dash and self.column >= column:
            return self._sequence(self.column)
        return self.mapping(self.column) if self.column > column else None

    def _sequence(self, column: int) -> list[object]:
        items: list[object] = []
        while self._next and self._next.dash and self.column == column:
            self._take()
            inner = self.column
            if self._next.key is not None:
                items.append(self.mapping(inner))
                continue
            items.append(_scalar(self._take().value or ""))
            if self.column > column:
                raise Unclear
        return items

    def _take(self) -> _Part:
        part = self._next
        assert part
        self._next = next(self._rest, None)
        return part


def _scalar(said: str) -> object:
    match said[:1]:
        case '"' | "'":
            return said[1:-1]
        case "[":
            return []
        case "{":
            return {}
        case _:
            return resolve(said.rstrip())

"""A document as a tree of nodes that know where they stand in the text."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.yaml_document import is_text, key_text
from kubectl_fieldkit.yaml_scalars import resolve
from kubectl_neat.cutting.events import read_events
from kubectl_neat.cutting.lines import BLANK, PROPERTY

_KEEPS_BLANK_LINES = re.compile(r"[|>]\d?\+")
_PROPERTIES = re.compile(f"(?:{PROPERTY}{BLANK})*")


class Node(Struct, frozen=True, gc=False):
    """A scalar, a mapping, a sequence or an alias, from its tag or anchor to behind its last character.

    `inside` is where a collection's content begins: behind the bracket, at the first key, at the
    first dash. `properties` counts its tag and anchor; an alias has the text of its scalar.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    is_text: bool = False
    flow: bool = False
    inside: int = 0
    properties: int = 0
    pairs: Sequence[tuple["Node", "Node"]] = ()
    items: Sequence["Node"] = ()

    def key(self) -> str:
        """What it means as a key."""
        return self.text if self.is_text else key_text(resolve(self.text))


class Root(Struct, frozen=True, gc=False):
    """A document's node, and where the document's own text begins."""

    node: Node
    floor: int


def read_roots(text: str) -> Iterator[Root]:
    """Each document of a text that is known to be good YAML."""
    from yaml.events import DocumentEndEvent, DocumentStartEvent

    events, floor = read_events(text), 0
    for event in events:
        kind = type(event)
        if kind is DocumentStartEvent:
            if event.explicit:
                floor = event.end_mark.index
            yield Root(_Tree(text, events).node(next(events)), floor)
        elif kind is DocumentEndEvent and event.explicit:
            floor = event.end_mark.index


class _Tree:
    def __init__(self, text: str, events: Iterator[Any]) -> None:
        from yaml import events as kinds

        self._text, self._events, self._kinds = text, events, kinds
        self._anchored: dict[str, Node] = {}

    def node(self, event: Any) -> Node:
        """What begins with this event."""
        start, end, kind = event.start_mark.index, event.end_mark.index, type(event)
        if kind is self._kinds.AliasEvent:
            scalar = self._anchored.get(event.anchor)
            return Node("alias", start, end, *((scalar.text, scalar.is_text) if scalar else ()))
        if kind is self._kinds.ScalarEvent:
            if event.style in ("|", ">"):
                end = self._block_scalar_end(start, end)
            node = Node("scalar", start, end, event.value, is_text(event))
            if event.anchor:
                self._anchored[event.anchor] = node
            return node
        return self._collection(event, start, end, kind is self._kinds.SequenceStartEvent)

    def _collection(self, event: Any, start: int, inside: int, is_sequence: bool) -> Node:
        flow = bool(event.flow_style)
        if is_sequence and not flow and self._text[inside - 1 : inside] == "-":
            inside -= 1  # the parser's place is behind the dash where the sequence is not indented
        children, closing = self._children()
        end = children[-1].end if children else inside
        if flow and self._text[closing - 1] in "]}":
            end = closing
        properties = (event.anchor is not None) + (event.tag is not None)
        kind = "sequence" if is_sequence else "mapping"
        node = Node(kind, start, end, flow=flow, inside=inside, properties=properties)
        if is_sequence:
            return replace(node, items=children)
        return replace(node, pairs=list(zip(children[::2], children[1::2], strict=True)))

    def _children(self) -> tuple[list[Node], int]:
        """The nodes up to the collection's end, and where the parser saw that end."""
        children: list[Node] = []
        for event in self._events:
            if type(event) in (self._kinds.MappingEndEvent, self._kinds.SequenceEndEvent):
                return children, event.end_mark.index
            children.append(self.node(event))
        raise ValueError("the document ends too early")

    def _block_scalar_end(self, start: int, end: int) -> int:
        """Behind the last line of text; behind the blank lines below where they count (`|+`)."""
        header = _PROPERTIES.match(self._text, start)
        if _KEEPS_BLANK_LINES.match(self._text, header.end() if header else start):
            return end
        return start + len(self._text[start:end].rstrip())

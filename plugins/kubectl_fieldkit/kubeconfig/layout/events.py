"""The tree of nodes by the YAML parser: right for every file that kubectl can read."""

from collections.abc import Iterator
from typing import Any

from kubectl_fieldkit.kubeconfig.layout.node import Node


def read_nodes(text: str) -> Node | None:
    """The first document's root, None where it is empty; the text is known to be good YAML."""
    import yaml
    from yaml.events import DocumentStartEvent

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    shift = len(text) - len(text.removeprefix("\ufeff"))
    events = iter(yaml.parse(text[shift:], Loader=loader))
    for event in events:
        if isinstance(event, DocumentStartEvent):
            root = _Tree(events, shift).node(next(events))
            return None if root.kind == "scalar" and not root.text else root
    return None


class _Tree:
    def __init__(self, events: Iterator[Any], shift: int) -> None:
        from yaml import events as kinds

        self._kinds, self._events, self._shift = kinds, events, shift

    def node(self, event: Any) -> Node:
        """What begins with this event."""
        kinds, kind = self._kinds, type(event)
        start, end = event.start_mark.index + self._shift, event.end_mark.index + self._shift
        if kind is kinds.AliasEvent:
            return Node("alias", start, end, event.anchor)
        anchor = event.anchor or ""
        if kind is kinds.ScalarEvent:
            return Node("scalar", start, end, event.value, event.style is None, anchor=anchor)
        flow = bool(event.flow_style)
        children, closing = self._children()
        last = children[-1].end if children else end
        end = closing.end_mark.index + self._shift if flow else last
        if kind is kinds.SequenceStartEvent:
            return Node("sequence", start, end, flow=flow, anchor=anchor, items=children)
        pairs = list(zip(children[::2], children[1::2], strict=True))
        return Node("mapping", start, end, flow=flow, anchor=anchor, pairs=pairs)

    def _children(self) -> tuple[list[Node], Any]:
        children: list[Node] = []
        for event in self._events:
            if type(event) in (self._kinds.MappingEndEvent, self._kinds.SequenceEndEvent):
                return children, event
            children.append(self.node(event))
        raise ValueError("the document ends too early")

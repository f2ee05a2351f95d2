"""A node of the first document: what it is, and from where to where it stands in the text."""

from collections.abc import Iterator, Sequence

from msgspec import Struct


class Node(Struct, gc=False):
    """A scalar, a mapping, a sequence or an alias; places count characters, `end` is behind the last.

    A block mapping or sequence ends behind the last thing in it. `text` is a scalar's own text or
    the name that an alias refers to; `plain` is a scalar without quotes.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    plain: bool = False
    flow: bool = False
    anchor: str = ""
    pairs: Sequence[tuple["Node", "Node"]] = ()
    items: Sequence["Node"] = ()

    def pair(self, key: str) -> "tuple[Node, Node] | None":
        """A mapping's key and value nodes; the last of several, which is the one that counts."""
        return next((pair for pair in reversed(self.pairs) if pair[0].text == key), None)

    def get(self, key: str) -> "Node | None":
        """A mapping's value."""
        pair = self.pair(key)
        return pair[1] if pair else None

    def walk(self) -> "Iterator[Node]":
        """The node and all below it, in the order of the text."""
        yield self
        for key, value in self.pairs:
            yield from key.walk()
            yield from value.walk()
        for item in self.items:
            yield from item.walk()


def names(section: Node | None) -> list[str]:
    """The names of a section's entries."""
    return (
        [name.text if (name := item.get("name")) else "" for item in section.items]
        if section
        else []
    )


def entry(root: Node | None, section: str, name: str) -> tuple[Node, int]:
    """The section and the place in it of the entry with this name; KeyError where there is none."""
    listed = root.get(section) if root else None
    found = names(listed)
    if listed is None or name not in found:
        raise KeyError(name)
    return listed, found.index(name)

"""Changes of a text at one place, block or flow style: all other characters stay as they are."""

from kubectl_fieldkit.kubeconfig.layout.node import Node
from kubectl_fieldkit.kubeconfig.layout.writing import scalar

HEAD = "apiVersion: v1\nkind: Config"  # of a file that says nothing yet


def replace(text: str, node: Node, value: str) -> str:
    """Another scalar in this one's place, in its style."""
    style = text[node.start : node.start + 1]
    return text[: node.start] + scalar(value, style if style in "\"'" else "") + text[node.end :]


def set_key(text: str, mapping: Node, key: str, value: str) -> str:
    """The mapping with this scalar under the key, behind all others where it is new."""
    pair = mapping.pair(key)
    if pair and pair[1].kind == "scalar":
        old = pair[1]
        if old.start == old.end:  # nothing was said: the value goes behind the colon
            at = text.index(":", pair[0].end) + 1
            return f"{text[:at]} {scalar(value)}{text[at:]}"
        return replace(text, old, value)
    if mapping.flow:
        return _into_flow(
            text, mapping, f"{_like(text, mapping, key)}: {_like(text, mapping, value)}"
        )
    indent = " " * _column(text, mapping.pairs[0][0].start)
    return insert_line(text, mapping.pairs[-1][1].end, f"{indent}{key}: {scalar(value)}")


def remove_key(text: str, mapping: Node, key: str) -> str:
    """The mapping without the key."""
    pair = mapping.pair(key)
    if pair is None:
        return text
    if mapping.flow:
        children = [(k.start, v.end) for k, v in mapping.pairs]
        return _out_of_flow(text, children, (pair[0].start, pair[1].end))
    start, end = _line_start(text, pair[0].start), line_end(text, max(pair[1].end, pair[0].end + 1))
    if text[start : pair[0].start].strip():  # it shares its line with the dash of its item
        following = next((k for k, _ in mapping.pairs if k.start > pair[0].start), None)
        if following is None:
            return text[: pair[0].start] + "{}" + text[end - len(newline(text)) :]
        return text[: pair[0].start] + text[following.start :]
    return text[:start] + text[end:]


def remove_item(text: str, root: Node, section: str, at: int) -> str:
    """The section without one of its entries."""
    pair = root.pair(section)
    assert pair
    key, sequence = pair
    item = sequence.items[at]
    if sequence.flow:
        children = [(other.start, other.end) for other in sequence.items]
        return _out_of_flow(text, children, (item.start, item.end))
    start, end = _dash_line(text, item.start), line_end(text, item.end)
    text = text[:start] + text[end:]
    if len(sequence.items) > 1:
        return text
    colon = text.index(":", key.end) + 1
    return f"{text[:colon]} []{text[colon:]}"


def append_item(text: str, root: Node | None, section: str, lines: list[str], flow: str) -> str:
    """The section with an entry more: `lines` in block style, `flow` in the other."""
    if root is None:
        return insert_line(text, len(text), "\n".join([HEAD, f"{section}:", *lines]))
    pair = root.pair(section)
    if pair is None:
        if root.flow:
            return _into_flow(text, root, f'"{section}": [{flow}]')
        return insert_line(text, root.end, "\n".join([f"{section}:", *lines]))
    key, sequence = pair
    if sequence.flow and (sequence.items or root.flow):
        return _into_flow(text, sequence, flow)
    if not sequence.items:  # [] or nothing at all
        colon = text.index(":", key.end) + 1
        rest = text[max(sequence.end, colon) :]
        if root.flow:
            return f"{text[:colon]} [{flow}]{rest}"
        return insert_line(text[:colon] + rest, colon, "\n".join(lines))
    indent = " " * (_column(text, sequence.items[0].start) - 2)
    return insert_line(text, sequence.end, "\n".join(indent + line for line in lines))


def insert_line(text: str, after: int, lines: str) -> str:
    """The lines below the one that this place is on."""
    ending = newline(text)
    at = line_end(text, after)
    before = text[:at]
    if before.strip("\ufeff") and not before.endswith("\n"):
        before += ending
    return before + lines.replace("\n", ending) + ending + text[at:]


def newline(text: str) -> str:
    """How the text ends its lines."""
    return "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"


def line_end(text: str, at: int) -> int:
    """The beginning of the next line."""
    if at and text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _column(text: str, at: int) -> int:
    column = at - _line_start(text, at)
    return column - 1 if text[_line_start(text, at) : at].startswith("\ufeff") else column


def _dash_line(text: str, at: int) -> int:
    """The line on which the item's dash stands."""
    start = _line_start(text, at)
    while start and not text[start:at].lstrip().startswith("-"):
        start = _line_start(text, start - 1)
    return start


def _like(text: str, mapping: Node, value: str) -> str:
    """Quoted where the mapping's keys are."""
    quoted = any(text[key.start] == '"' for key, _ in mapping.pairs[:1]) or not mapping.pairs
    return scalar(value, '"' if quoted else "")


def _into_flow(text: str, collection: Node, inner: str) -> str:
    """Behind the last child, before the closing bracket."""
    children = [value.end for _, value in collection.pairs] or [i.end for i in collection.items]
    if children:
        at = children[-1]
        return f"{text[:at]}, {inner}{text[at:]}"
    at = collection.start + 1
    if collection.anchor:
        at = text.index("[" if collection.kind == "sequence" else "{", collection.start) + 1
    return text[:at] + inner + text[at:]


def _out_of_flow(text: str, children: list[tuple[int, int]], gone: tuple[int, int]) -> str:
    at = children.index(gone)
    if at + 1 < len(children):
        return text[: gone[0]] + text[children[at + 1][0] :]
    if at:
        return text[: children[at - 1][1]] + text[gone[1] :]
    return text[: gone[0]] + text[gone[1] :]

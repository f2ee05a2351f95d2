"""The tree of nodes by lines, for files in the plain block style that kubectl writes.

Fifty times as fast as the YAML parser. It gives up on everything else: flow style, anchors, tags,
block scalars, escapes, tabs, CRLF, a second document, anything that it does not know.
"""

import re
from collections.abc import Collection

from kubectl_fieldkit.kubeconfig.layout.node import Node
from kubectl_fieldkit.yaml_scalars import resolve

_VALUE = r"""(?:[\w./@+=~^$;(][^\n\t"'#&*!|>%`{}\[\],:]*(?::[^\s"'#&*!|>%`{}\[\],:]+)*|"[^"\\\n\t]*"|'[^'\n\t]*'|\[\]|\{\})"""
# A key with or without a value, an item with either, a comment, an empty line: whole files of these.
_ORDINARY = re.compile(
    rf"(?:(?: *(?:- )?[A-Za-z][\w./-]*:(?: {_VALUE})?| *- {_VALUE}| *#[^\n\t]*|)\n)*"
)
_TOP = re.compile(r"^([A-Za-z][\w-]*):(?: (.*))?$", re.MULTILINE)
_LINE = re.compile(r"( *)(- )?(?:([A-Za-z][\w./-]*):(?: (.*))?)?")
SECTIONS = ("clusters", "contexts", "users")


class _Unknown(Exception):
    """Something that only the YAML parser understands."""


def read_nodes(text: str, sections: Collection[str] = SECTIONS) -> Node | None:
    """The root with current-context and these sections; None where the parser must be asked.

    Of clusters and users only the names and the places of the entries are there. What is not read
    further is a node with its lines as `text`.
    """
    if not text.endswith("\n") or not text.replace("\n", "").isprintable():
        return None
    if not _ORDINARY.fullmatch(text):
        return None
    try:
        return _root(text, sections)
    except _Unknown:
        return None


def _root(text: str, sections: Collection[str]) -> Node:
    tops = list(_TOP.finditer(text))
    if not tops or len({top[1] for top in tops}) < len(tops) or not _opens_well(text, tops[0]):
        raise _Unknown
    ends = [top.start() for top in tops[1:]] + [len(text)]
    pairs = []
    for top, end in zip(tops, ends, strict=True):
        key = Node("scalar", top.start(1), top.end(1), top[1], plain=True)
        if top[1] in sections:
            value = _section(text, top, end)
        elif top[1] in ("current-context", "kind", "apiVersion"):
            value = _scalar(text, top.start(2), top.end(2))
            if _has_lines(text, top.end() + 1, end):
                raise _Unknown
        else:
            last = _end(text, top.start(), end)
            value = Node("unread", top.end(), last, text[top.end() : last])
        pairs.append((key, value))
    last = _last_line(text)
    return Node("mapping", tops[0].start(), last, pairs=pairs)


def _opens_well(text: str, first: re.Match[str]) -> bool:
    """Nothing but comments before the first key."""
    return not _has_lines(text, 0, first.start())


def _has_lines(text: str, start: int, end: int) -> bool:
    lines = text[start:end].split("\n")
    return any(line.strip() and not line.lstrip().startswith("#") for line in lines)


def _last_line(text: str) -> int:
    """Behind the last line that says something."""
    end = len(text)
    while True:
        start = text.rfind("\n", 0, end - 1) + 1
        line = text[start:end].strip()
        if line and not line.startswith("#"):
            return start + len(text[start:end].rstrip())
        if not start:
            return end
        end = start


def _scalar(text: str, start: int, end: int) -> Node:
    """A value on one line, which is text to Go as well."""
    if start < 0:
        raise _Unknown
    end = start + len(text[start:end].rstrip())
    said = text[start:end]
    if said[:1] in ('"', "'"):
        return Node("scalar", start, end, said[1:-1])
    if said in ("[]", "{}") or not isinstance(resolve(said), str):
        raise _Unknown
    return Node("scalar", start, end, said, plain=True)


def _section(text: str, top: re.Match[str], end: int) -> Node:
    if top[2] is not None:
        if top[2].rstrip() != "[]" or _has_lines(text, top.end() + 1, end):
            raise _Unknown
        return Node("sequence", top.start(2), top.start(2) + 2, flow=True)
    start = top.end() + 1
    first = re.compile(r"(?: *#.*\n|\n)*( *)- ").match(text, start, end)
    if not first:
        raise _Unknown
    indent = len(first[1])
    dashes = re.compile(rf"^ {{{indent}}}- ", re.MULTILINE)
    starts = [found.end() for found in dashes.finditer(text, start, end)]
    if (
        re.compile(rf"^ {{0,{max(indent - 1, 0)}}}[^ #\n]", re.MULTILINE).search(text, start, end)
        and indent
    ):
        raise _Unknown
    read = _context if top[1] == "contexts" else _named
    stops = [begin - indent - 2 for begin in starts[1:]] + [end]
    items = [read(text, *span, indent + 2) for span in zip(starts, stops, strict=True)]
    return Node("sequence", items[0].start - 2, items[-1].end, items=items)


def _named(text: str, start: int, stop: int, indent: int) -> Node:
    """A cluster or a user: its name, and where it ends."""
    lines = re.compile(rf"^ {{{indent}}}name:(?: (.*))?$", re.MULTILINE)
    listed = list(lines.finditer(text, start, stop))
    if len(listed) > 1:
        raise _Unknown
    found = listed[0] if listed else None
    first = re.compile(r"name:(?: (.*))?$", re.MULTILINE).match(text, start, stop)
    if (found is None) == (first is None):
        raise _Unknown
    line = found or first
    assert line
    at = line.start() + (indent if found else 0)
    key = Node("scalar", at, at + 4, "name", plain=True)
    end = _end(text, start, stop)
    return Node("mapping", start, end, text[start:end], pairs=[(key, _scalar(text, *line.span(1)))])


def _end(text: str, start: int, stop: int) -> int:
    """Behind the entry's last line that says something."""
    end = stop
    while True:
        begin = max(text.rfind("\n", 0, end - 1) + 1, start)
        line = text[begin:end].strip()
        if line and not line.startswith("#"):
            return begin + len(text[begin:end].rstrip())
        if begin == start:
            raise _Unknown
        end = begin


def _context(text: str, start: int, stop: int, indent: int) -> Node:
    """A context, line by line."""
    pairs: list[tuple[Node, Node]] = []
    body: list[tuple[Node, Node]] = []
    deeper = 0  # the column of the context's own fields, while they are read
    skipped = -1  # the column that what is below a key of no interest is deeper than
    at, column = start, indent
    while at < stop:
        end = text.index("\n", at)
        line = text[at:end]
        at, here, shift = end + 1, at, column
        column = 0
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise _Unknown
        level = len(parts[1]) + shift
        if skipped >= 0 and (level > skipped or (parts[2] and level == skipped)):
            below = body[-1][1]
            below.end = end
            below.text = text[below.start : end]
            continue
        skipped = -1
        if parts[2] or parts[3] is None:
            raise _Unknown
        key_at = here + len(parts[1])
        key = Node("scalar", key_at, key_at + len(parts[3]), parts[3], plain=True)
        value_at = here + parts.start(4) if parts[4] is not None else -1
        if level == indent:
            deeper = _field(text, key, (value_at, end), pairs, body)
        elif deeper and level > indent and deeper in (-1, level):
            deeper = level
            if key.text in ("cluster", "user", "namespace"):
                body.append((key, _scalar(text, value_at, end)))
            else:
                body.append((key, Node("unread", key.end, end, text[key.end : end])))
                skipped = level
        else:
            raise _Unknown
    return _finished(text, start, stop, pairs, body)


def _field(
    text: str,
    key: Node,
    value: tuple[int, int],
    pairs: list[tuple[Node, Node]],
    body: list[tuple[Node, Node]],
) -> int:
    """Takes `name` or `context`; whether the fields of a context follow, in a column yet unknown."""
    if any(key.text == known.text for known, _ in pairs):
        raise _Unknown
    if key.text == "name":
        pairs.append((key, _scalar(text, *value)))
        return 0
    if key.text != "context" or value[0] >= 0:
        raise _Unknown
    pairs.append((key, Node("mapping", key.end, key.end, pairs=body)))
    return -1


def _finished(
    text: str,
    start: int,
    stop: int,
    pairs: list[tuple[Node, Node]],
    body: list[tuple[Node, Node]],
) -> Node:
    fields = [key.text for key, _ in body]
    if {key.text for key, _ in pairs} != {"name", "context"} or not body:
        raise _Unknown
    if len(set(fields)) < len(fields):
        raise _Unknown
    end = _end(text, start, stop)
    context = next(value for key, value in pairs if key.text == "context")
    context.start = body[0][0].start
    context.end = max(value.end for _, value in body)
    return Node("mapping", start, end, pairs=pairs)

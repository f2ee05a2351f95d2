"""YAML as kubectl reads it: go.yaml.in/yaml/v2's decode.go under sigs.k8s.io/yaml."""

from collections.abc import Iterator
from typing import Any

from kubectl_fieldkit.yaml_scalars import resolve

MOST_UNFOLDED = 400_000  # values that aliases stand for; the Go library's own limit is of this size


class Mapping(dict[str, object]):
    """A mapping that knows on which line, from 1, each of its keys stands."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


def parse_yaml(data: bytes) -> object:
    """The first document as plain data. Raises ValueError with the reason.

    By lines where they are plain: the YAML parser takes longer to import than most files to read.
    """
    from kubectl_fieldkit.plain_yaml import Unclear, read_plain

    try:
        return read_plain(data.decode())
    except (Unclear, UnicodeDecodeError, RecursionError):
        return next(parse_documents(data), None)


def parse_documents(data: bytes) -> Iterator[object]:
    """Each document as plain data, its mappings as Mapping. Raises ValueError with the reason."""
    import yaml
    from yaml.events import DocumentStartEvent

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = iter(yaml.parse(data, Loader=loader))
        for event in events:
            if isinstance(event, DocumentStartEvent):
                yield _Document(events).value(next(events))
    except yaml.MarkedYAMLError as err:
        raise ValueError(_words(err)) from err
    except yaml.reader.ReaderError as err:
        raise ValueError(f"yaml: {err.reason}") from err
    except RecursionError as err:
        raise ValueError("exceeded max depth") from err


def _words(err: Any) -> str:
    """The Go library's words; it counts the parser's lines from 0 and names no line 0."""
    from yaml.scanner import ScannerError

    line = err.problem_mark.line if err.problem_mark else 0
    line += isinstance(err, ScannerError)
    return f"yaml: line {line}: {err.problem}" if line else f"yaml: {err.problem}"


class _Document:
    """Plain data out of the parser's events, which keep what `resolve` needs and PyYAML's nodes lose."""

    def __init__(self, events: Iterator[Any]) -> None:
        from yaml import events as kinds

        self._kinds = kinds  # looked up once: there is an event for every value
        self._events = events
        self._anchors: dict[str, tuple[object, int]] = {}
        self._size = 0
        self._unfolded = 0

    def value(self, event: Any) -> object:
        """What begins with this event."""
        before, kind = self._size, type(event)
        self._size += 1
        if kind is self._kinds.ScalarEvent:
            value = event.value if is_text(event) else resolve(event.value)
        elif kind is self._kinds.MappingStartEvent:
            value = self._mapping()
        elif kind is self._kinds.AliasEvent:
            return self._alias(event.anchor or "")
        else:
            value = list(self._values())
        if event.anchor:
            self._anchors[event.anchor] = value, self._size - before
        return value

    def _values(self) -> Iterator[object]:
        for event in self._events:
            if type(event) is self._kinds.SequenceEndEvent:
                return
            yield self.value(event)

    def _mapping(self) -> Mapping:
        mapping, end = Mapping(), self._kinds.MappingEndEvent
        for event in self._events:
            if type(event) is end:
                break
            is_merge = getattr(event, "value", "") == "<<" and event.implicit[0]
            key = self.value(event)
            value = self.value(next(self._events))
            line = event.start_mark.line + 1
            for name, inner in (_merged(value) if is_merge else {key_text(key): value}).items():
                mapping[name] = inner
                mapping.lines[name] = line
        return mapping

    def _alias(self, anchor: str) -> object:
        if anchor not in self._anchors:
            raise ValueError(f"yaml: unknown anchor '{anchor}' referenced")
        value, size = self._anchors[anchor]
        self._size += size
        self._unfolded += size
        if self._unfolded > MOST_UNFOLDED:
            raise ValueError("yaml: document contains excessive aliasing")
        return value


def is_text(event: Any) -> bool:
    """Whether the scalar is text whatever it says, by its quotes, its style or its tag."""
    return not event.implicit[0] and event.tag in (None, "!", "tag:yaml.org,2002:str")


def _merged(value: object) -> dict[str, object]:
    """What `<<` brings: a mapping, or several of which the first one wins."""
    sources = value if isinstance(value, list) else [value]
    merged: dict[str, object] = {}
    for source in reversed(sources):
        if not isinstance(source, dict):
            raise ValueError("yaml: map merge requires map or sequence of maps as the value")
        merged |= source
    return merged


def key_text(key: object) -> str:
    """The name that a key's value is as JSON has it; ValueError where it cannot be one."""
    if isinstance(key, bool):
        return "true" if key else "false"
    if isinstance(key, str | int | float):
        return str(key)
    raise ValueError("yaml: a key must be text")

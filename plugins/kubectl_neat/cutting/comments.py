"""The comments of a text."""

import re
from collections.abc import Iterator

from kubectl_neat.cutting.events import read_events
from kubectl_neat.cutting.lines import BREAKS, PROPERTY
from kubectl_neat.documents import BOM

_COMMENT = re.compile(rf"{PROPERTY}|%\S*|(#[^{BREAKS}]*)")
_HEADER = re.compile(rf"[|>][-+0-9]*[ \t]+(#[^{BREAKS}]*)")
_TO_SCALAR = re.compile(rf"(?:{PROPERTY}|#[^{BREAKS}]*|[\s{BREAKS}]+)*")


def comments(text: str) -> Iterator[str]:
    """Each comment of a YAML text, in order. Raises yaml.YAMLError where it is none."""
    from yaml.events import AliasEvent, ScalarEvent

    text = text.removeprefix(BOM)
    at = 0  # between the scalars there is nothing but structure, properties and comments
    for event in read_events(text):
        kind = type(event)
        if kind in (ScalarEvent, AliasEvent):
            start = event.start_mark.index
            if kind is ScalarEvent and (event.anchor or event.tag):
                found = _TO_SCALAR.match(text, start)
                start = found.end() if found else start
            yield from _between(text, at, start)
            at = event.end_mark.index
            if kind is ScalarEvent and event.style in ("|", ">"):
                header = _HEADER.match(text, start)
                yield from header.groups() if header else ()
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[str]:
    return (found[1] for found in _COMMENT.finditer(text, start, end) if found[1])

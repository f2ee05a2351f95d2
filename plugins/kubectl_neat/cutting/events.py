"""What the YAML parser sees in a text, with its places: they count characters."""

from collections.abc import Iterator
from typing import Any


def read_events(text: str) -> Iterator[Any]:
    """The parser's events. Raises yaml.YAMLError where the text is no YAML."""
    import yaml

    events: Iterator[Any] = iter(yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    return events

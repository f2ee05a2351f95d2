"""What managedFields can prove of a manifest that spells its defaults out.

A field that is managed as a whole (a list without keys, a selector) is named and not what is in it. Of such a
field only what a careful person writes can come back: the server would fill in the rest all the same.
"""

import json
from typing import Any

Fields = dict[str, Any]


def told(full: Any, careful: Any, live: dict[str, Any]) -> Any:
    """The manifest in full, but for what is in such fields: that as the careful manifest has it."""
    entries = live["metadata"].get("managedFields", ())
    applied = [entry["fieldsV1"] for entry in entries if entry["operation"] == "Apply"]
    return _told(full, careful, applied[0]) if applied else full


def _told(full: Any, careful: Any, fields: Fields) -> Any:
    if not fields:
        return careful if careful else full
    if isinstance(full, dict):
        short = careful if isinstance(careful, dict) else {}
        return {
            key: _told(value, short.get(key), fields[f"f:{key}"]) if f"f:{key}" in fields else value
            for key, value in full.items()
        }
    if isinstance(full, list):
        items = careful if isinstance(careful, list) else [None] * len(full)
        pairs = zip(full, items, strict=True)
        return [_told(item, brief, _of_item(item, fields)) for item, brief in pairs]
    return full


def _of_item(item: Any, fields: Fields) -> Fields:
    """The fields of the item that has these keys."""
    for name, inner in fields.items():
        keys = json.loads(name[2:]) if name.startswith("k:") else {}
        if keys and isinstance(item, dict) and keys.items() <= item.items():
            return dict(inner)
    return {}

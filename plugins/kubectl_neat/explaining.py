"""--explain and --diff: what goes, and why."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.envelope import Document, Envelope
from kubectl_fieldkit.output import Block, Heading, Report, Table
from kubectl_fieldkit.untrusted import clean
from kubectl_neat.authored import LAST_APPLIED
from kubectl_neat.neat_text import NeatObject
from kubectl_neat.removal import Path, Removal, spell

KIND = "NeatExplanation"
LONGEST_VALUE = 40
HIDDEN = "(not shown)"


class RemovedField(Document, frozen=True):
    """One removal; `path` is spelled as kubectl's JSONPath."""

    path: str
    value: Any
    reason: str


class ExplainedObject(Document, frozen=True):
    """An object and all that goes, in the object's order."""

    api_version: str
    kind: str
    namespace: str
    name: str
    removed: list[RemovedField]


class NeatExplanation(Envelope, frozen=True, kw_only=True):
    """The document of --explain."""

    objects: list[ExplainedObject]


class Title(Struct, frozen=True):
    """How an object is called."""

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        place = f" in {self.namespace}" if self.namespace else ""
        return f"{self.kind.lower()}/{self.name}{place}"


def title(tree: dict[str, Any]) -> Title:
    """`deployment/web in shop`."""
    found = tree.get("metadata")
    metadata = found if isinstance(found, dict) else {}
    name = metadata.get("name") or metadata.get("generateName") or ""
    return Title(str(tree.get("kind")), str(metadata.get("namespace") or ""), str(name))


def explain(objects: Sequence[NeatObject], server_version: str) -> Report:
    """Each removal with its reason."""
    return Report(
        lambda: list(_blocks(objects)),
        lambda: _document(objects, server_version),
        lambda: [
            f"{title(each.before).kind.lower()}/{title(each.before).name}" for each in objects
        ],
    )


def _blocks(objects: Sequence[NeatObject]) -> Iterator[Block]:
    for each in objects:
        yield Heading(str(title(each.before)))
        rows = [(spell(r.path), _short(_told(each, r)), r.reason) for r in _in_order(each)]
        yield Table(("FIELD", "VALUE", "WHY IT GOES"), rows) if rows else "  nothing to remove"


def _document(objects: Sequence[NeatObject], server_version: str) -> NeatExplanation:
    return NeatExplanation(
        kind=KIND,
        server_version=server_version,
        incomplete=[],
        objects=[
            ExplainedObject(
                api_version=str(each.before.get("apiVersion")),
                kind=title(each.before).kind,
                namespace=title(each.before).namespace,
                name=title(each.before).name,
                removed=[
                    RemovedField(path=spell(r.path), value=_told(each, r), reason=r.reason)
                    for r in _in_order(each)
                ],
            )
            for each in objects
        ],
    )


def _in_order(each: NeatObject) -> list[Removal]:
    """As the fields stand in the object; what holds others comes after them."""

    def place(removal: Removal) -> tuple[int, ...]:
        return tuple(_places(each.before, removal.path))

    return sorted(each.neat.removed, key=place)


def _places(node: Any, path: Path) -> Iterator[int]:
    for step in path:
        if isinstance(node, dict):
            yield list(node).index(str(step)) if step in node else len(node)
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int):
            yield step
            node = node[step] if step < len(node) else None


def _told(each: NeatObject, removal: Removal) -> object:
    """The value, but nothing that may hold a Secret's data."""
    is_secret = each.before.get("kind") == "Secret" and removal.path[0] in ("data", "stringData")
    holds_secret = each.before.get("kind") == "Secret" and removal.path[-1] in (
        LAST_APPLIED,
        "annotations",
    )
    return HIDDEN if is_secret or holds_secret else removal.value


def _short(value: object) -> str:
    from msgspec.json import encode

    text = clean(value) if isinstance(value, str) else encode(value).decode()
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def diff(objects: Sequence[NeatObject]) -> str:
    """Each object before and after, as unified diffs of its YAML."""
    from difflib import unified_diff

    from kubectl_fieldkit.yaml_emission import to_yaml

    parts = []
    for each in objects:
        before, after = (to_yaml(tree).splitlines() for tree in (each.before, each.neat.tree))
        name = str(title(each.before))
        parts += [
            clean(line) for line in unified_diff(before, after, name, f"{name} (neat)", lineterm="")
        ]
    return "".join(f"{line}\n" for line in parts)

"""A text, neat: its documents in their order, each List still a List."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from kubectl_neat.documents import Item, Text, items
from kubectl_neat.gone import gather, without
from kubectl_neat.neating import Known, Neat, neat
from kubectl_neat.removal import Path

OF_LISTS = ("resourceVersion", "selfLink", "continue", "remainingItemCount")


class NeatObject(Struct, frozen=True):
    """One object before and after."""

    before: dict[str, Any]
    neat: Neat


class NeatText(Struct, frozen=True):
    """The documents, and of each the places that are gone."""

    text: Text
    documents: tuple[object, ...]
    paths: tuple[tuple[Path, ...], ...]
    objects: tuple[NeatObject, ...]


def neat_text(text: Text, known: Known) -> NeatText:
    """The text with every object in it neat."""
    done = [_document(document, known) for document in text.documents]
    return NeatText(
        text,
        tuple(document for document, _, _ in done),
        tuple(tuple(paths) for _, paths, _ in done),
        tuple(each for _, _, objects in done for each in objects),
    )


def _document(document: Any, known: Known) -> tuple[object, list[Path], list[NeatObject]]:
    objects = [(item, neat(item.tree, known)) for item in items(document)]
    paths = [(*item.path, *path) for item, made in objects for path in made.paths]
    told = [NeatObject(item.tree, made) for item, made in objects]
    if len(objects) == 1 and not objects[0][0].path:
        return told[0].neat.tree, paths, told
    if document is None:
        return None, [], []
    whole = document | {"items": [_as_listed(document, item, made) for item, made in objects]}
    gone = list(_of_list(whole))
    return without(whole, gather(gone)), [*paths, *gone], told


def _as_listed(document: dict[str, Any], item: Item, made: Neat) -> dict[str, Any]:
    """The item with its kind only where the List had it."""
    listed = document["items"][item.path[-1]]
    return {key: value for key, value in made.tree.items() if key in listed}


def _of_list(document: dict[str, Any]) -> Iterator[Path]:
    metadata = document.get("metadata")
    if isinstance(metadata, dict):
        gone = [("metadata", field) for field in OF_LISTS if field in metadata]
        yield from [("metadata",)] if len(gone) == len(metadata) else gone

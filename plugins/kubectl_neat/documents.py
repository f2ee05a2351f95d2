"""What is to be made neat: texts with one or several documents, each an object or a List of some."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.manifests import STDIN, manifest_files, read_manifest
from kubectl_fieldkit.yaml_document import parse_documents
from kubectl_neat.removal import Path

BOM = "\ufeff"  # what a text may begin with


class Text(Struct, frozen=True):
    """A file, stdin, or what the cluster said: its documents; `text` is empty where it was none."""

    name: str
    documents: tuple[object, ...]
    text: str = ""
    is_json: bool = False


class Item(Struct, frozen=True):
    """One object of a document, and where in it the object stands."""

    tree: Any
    path: Path = ()


def read_texts(paths: Sequence[str]) -> list[Text]:
    """The files, the folders' files, and stdin; FieldkitError for what cannot be read or is no object."""
    texts = [parse(file, read_manifest(file)) for path in paths for file in manifest_files(path)]
    if not any(document is not None for text in texts for document in text.documents):
        hint = "kubectl said nothing" if list(paths) == [STDIN] else f"in {', '.join(paths)}"
        raise FieldkitError("no objects found", hint)
    return texts


def parse(name: str, data: bytes) -> Text:
    """YAML or JSON, each of several documents; FieldkitError with the line where it is neither."""
    label = "STDIN" if name == STDIN else name
    if data.lstrip()[:1] == b"{":
        documents = tuple(_json_documents(data))
        if documents:
            return _checked(Text(label, documents, is_json=True))
    try:
        text = data.decode()
        return _checked(Text(label, tuple(parse_documents(data)), text))
    except UnicodeDecodeError as err:
        raise FieldkitError(f"error parsing {label}: it is no UTF-8 text") from err
    except (ValueError, RecursionError) as err:
        reason = "exceeded max depth" if isinstance(err, RecursionError) else err
        raise FieldkitError(f"error parsing {label}: {reason}") from err


def _json_documents(data: bytes) -> Iterator[object]:
    """One value after another; none where it is no JSON: YAML may begin with a brace as well."""
    try:
        yield msgspec.json.decode(data)
        return
    except (msgspec.DecodeError, RecursionError):
        pass
    from json import JSONDecodeError, JSONDecoder

    try:
        text = data.decode().strip()
        values, at, decoder = [], 0, JSONDecoder()
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            while text[at : at + 1].isspace():
                at += 1
        yield from values
    except (JSONDecodeError, UnicodeDecodeError, RecursionError):
        return


def _checked(text: Text) -> Text:
    for document in text.documents:
        for item in items(document):
            if not isinstance(item.tree, dict):
                hint = "kubectl get prints one with -o yaml or -o json"
                raise FieldkitError(f"error parsing {text.name}: it is no Kubernetes object", hint)
            for key in ("apiVersion", "kind"):
                if not isinstance(item.tree.get(key), str):
                    raise FieldkitError(f"error parsing {text.name}: the object has no {key}")
    return text


def items(document: object) -> Iterator[Item]:
    """The objects of a document: itself, or those of a List, each with its apiVersion and kind."""
    if document is None:
        return
    listed = document.get("items") if isinstance(document, dict) else None
    kind = document.get("kind") if isinstance(document, dict) else None
    if (
        not isinstance(document, dict)
        or not isinstance(listed, list)
        or not str(kind).endswith("List")
    ):
        yield Item(document)
        return
    for i, tree in enumerate(listed):
        if kind != "List" and isinstance(tree, dict):
            told = {
                "apiVersion": document.get("apiVersion"),
                "kind": str(kind).removesuffix("List"),
            }
            yield Item(told | tree, ("items", i))
        else:
            yield Item(tree, ("items", i))

"""Manifests as `-f` takes them: YAML or JSON, several documents, Lists, folders, stdin."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from kubectl_fieldkit.errors import FieldkitError, UsageError
from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.yaml_document import Mapping, parse_documents

T = TypeVar("T", bound=KubeObject)

STDIN = "-"
SUFFIXES = (".json", ".yaml", ".yml")


class Manifest(Struct, frozen=True):
    """One object as it was written; `file` is `STDIN` for standard input."""

    file: str
    tree: Mapping

    @property
    def api_version(self) -> str:
        """As written."""
        return str(self.tree["apiVersion"])

    @property
    def kind(self) -> str:
        """As written."""
        return str(self.tree["kind"])

    @property
    def name(self) -> str:
        """The name that the object has, or that its own is to be generated from."""
        return str(self.find("metadata", "name") or self.find("metadata", "generateName") or "")

    def at(self, line: int) -> str:
        """FILE:LINE."""
        return f"{'STDIN' if self.file == STDIN else self.file}:{line}"

    @property
    def place(self) -> str:
        """Where the object begins."""
        return self.at(min(self.tree.lines.values(), default=1))

    def find(self, *path: str) -> object:
        """What was written there; None where there is nothing."""
        value: object = self.tree
        for name in path:
            value = value.get(name) if isinstance(value, Mapping) else None
        return value

    def is_a(self, resource: Resource[T]) -> bool:
        """Whether the object is of this kind."""
        return (self.api_version, self.kind) == (resource.api_version, resource.kind)

    def decode(self, resource: Resource[T]) -> T:
        """The object as the API would understand it, unknown fields dropped."""
        from contextlib import suppress

        with suppress(msgspec.ValidationError):  # a null, perhaps, and few manifests have one
            return msgspec.convert(self.tree, resource.type)
        try:
            return msgspec.convert(_without_nulls(self.tree), resource.type)
        except msgspec.ValidationError as err:
            reason = str(err).replace("`", "").replace("$.", "")
            raise FieldkitError(f"{self.place}: {self.kind} is not valid: {reason}") from err


def read_manifests(paths: Sequence[str]) -> list[Manifest]:
    """Every object of the files, of the folders' files, and of stdin; FieldkitError without any."""
    return list(each_manifest(paths))


def each_manifest(paths: Sequence[str]) -> Iterator[Manifest]:
    """The same, one after another, so that no more than one need be kept."""
    found = 0
    for path in paths:
        for file in manifest_files(path):
            for manifest in _read(file):
                found += 1
                yield manifest
    if not found:
        raise FieldkitError("no objects found", f"in {', '.join(paths)}")


def manifest_files(path: str) -> Iterable[str]:
    """kubectl's rule: of a folder the files with SUFFIXES, and no folder below it."""
    from pathlib import Path

    if not path:
        raise UsageError('the path "" does not exist')
    folder = Path(path)
    if path == STDIN or not folder.is_dir():
        return [path]
    return sorted(str(file) for file in folder.iterdir() if file.suffix in SUFFIXES)


def read_manifest(file: str) -> bytes:
    """The bytes of a file or of stdin; FieldkitError where they cannot be read."""
    try:
        if file == STDIN:
            return sys.stdin.buffer.read()
        with open(file, "rb") as stream:  # noqa: PTH123
            return stream.read()
    except FileNotFoundError as err:
        raise FieldkitError(f'the path "{file}" does not exist') from err
    except OSError as err:
        raise FieldkitError(f'cannot read "{file}": {err.strerror}') from err


def _read(file: str) -> Iterator[Manifest]:
    data = read_manifest(file)
    try:
        for document in parse_documents(_without_surrogates(data)):
            if document is not None:
                yield from _objects(file, document)
    except (ValueError, RecursionError) as err:
        reason = "exceeded max depth" if isinstance(err, RecursionError) else err
        raise FieldkitError(f"error parsing {file}: {reason}") from err


def _without_surrogates(data: bytes) -> bytes:
    """JSON without its surrogate pairs, two escapes for one character that YAML does not read.

    What begins with a brace is JSON to kubectl: hasJSONPrefix of k8s.io/apimachinery/pkg/util/yaml.
    """
    if data.lstrip()[:1] != b"{" or b"\\ud" not in data.lower():
        return data
    import re

    pair = rb"(?i)(?<!\\)((?:\\\\)*)(\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})"
    return re.sub(pair, lambda found: found[1] + _paired(found[2]), data)


def _paired(escapes: bytes) -> bytes:
    high, low = int(escapes[2:6], 16), int(escapes[8:12], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00).encode()


def _objects(file: str, document: object) -> Iterator[Manifest]:
    """The object that a document is, or those of a List."""
    if not isinstance(document, Mapping) or not document:
        raise FieldkitError(f"error parsing {file}: a document is no object")
    manifest = Manifest(file, document)
    for key in ("apiVersion", "kind"):
        if not isinstance(document.get(key), str):
            raise FieldkitError(f"{manifest.place}: the object has no {key}")
    items = document.get("items")
    if not manifest.kind.endswith("List") or not isinstance(items, list):
        yield manifest
        return
    for item in items:
        if manifest.kind != "List" and isinstance(item, Mapping):
            item.setdefault("kind", manifest.kind.removesuffix("List"))
            item.setdefault("apiVersion", manifest.api_version)
        yield from _objects(file, item)


def _without_nulls(value: object) -> object:
    """An absent field and a null are the same to the API server."""
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value if inner is not None]
    return value

"""Kubeconfigs and plugins' answers, JSON or YAML, into Structs as Go's decoder fills its own."""

from typing import TypeVar

import msgspec

T = TypeVar("T")


class Base64(bytes):
    """A `[]byte` of Go's: base64 in the text, bytes in the Struct."""


def decode(data: bytes, into: type[T]) -> T:
    """The first document as this Struct; null is as good as absent. Raises ValueError with the reason."""
    try:
        document = parse(data)
        said = {} if document is None else _without_nulls(document)
        return msgspec.convert(said, into, dec_hook=_decode_base64)
    except RecursionError as err:
        raise ValueError("exceeded max depth") from err
    except msgspec.ValidationError as err:
        reason = str(err).replace("`", "").replace("$.", "").replace(" - at", " at")
        raise ValueError(reason[0].lower() + reason[1:]) from err


def parse(data: bytes) -> object:
    """The first document as plain data. Raises ValueError with the reason."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        from kubectl_fieldkit.yaml_document import parse_yaml

        return parse_yaml(data)


def _decode_base64(kind: type, value: object) -> Base64:
    from binascii import a2b_base64

    if kind is not Base64 or not isinstance(value, str):
        raise ValueError("expected base64")
    try:
        encoded = value.replace("\n", "").replace("\r", "")
        return Base64(a2b_base64(encoded, strict_mode=True))
    except ValueError as err:
        raise ValueError("illegal base64 data") from err


def _without_nulls(value: object) -> object:
    """What Go's decoder fills in from; an extension is other people's, and stays as it is."""
    if isinstance(value, dict):
        return {
            key: item if key == "extension" else _without_nulls(item)
            for key, item in value.items()
            if item is not None
        }
    if isinstance(value, list):
        return [_without_nulls(item) for item in value if item is not None]
    return value

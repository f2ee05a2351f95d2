"""What stands in a URL: as urllib.parse writes it, whose import takes 2 ms of every run."""

from collections.abc import Mapping

_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


def escaped(text: str, plain: str = "") -> str:
    """A name or a value, all of it but letters, digits, `_.-~` and what is `plain` as %XX."""
    if _PLAIN.issuperset(text):
        return text
    return "".join(each if each in _PLAIN or each in plain else _bytes(each) for each in text)


def query_of(values: Mapping[str, str]) -> str:
    """The parameters behind a URL's question mark."""
    return "&".join(f"{escaped(key)}={escaped(value)}" for key, value in values.items())


def _bytes(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode(errors="surrogateescape"))

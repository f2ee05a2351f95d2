"""What a namespace may be called: an RFC 1123 label, as the API server checks it."""

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def is_valid(name: str) -> bool:
    """Whether the API server could have a namespace of this name."""
    inner = set(name) <= _LETTERS | {"-"}
    return 0 < len(name) <= 63 and inner and {name[0], name[-1]} <= _LETTERS

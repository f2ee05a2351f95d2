"""A string as YAML that every reader, of 1.1, of 1.2 and Go's, takes for that string."""

from kubectl_fieldkit.yaml_quoting import double_quoted, is_text

# These stand in `{…}` and `[…]` too, where a kubeconfig may have them.
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-@+=:")


def scalar(value: str, style: str = "") -> str:
    """The value as one scalar; `style` is the quote that it had, kept where that is possible."""
    if style == '"' or not value.isprintable():
        return double_quoted(value)
    if style == "'":
        return f"""'{value.replace("'", "''")}'"""
    return value if _is_plain(value) else double_quoted(value)


def _is_plain(value: str) -> bool:
    """Text to every reader, wherever it stands."""
    first = value[:1]
    if not (first.isascii() and (first.isalpha() or first in "_/")) or value[-1:] == ":":
        return False
    return _PLAIN.issuperset(value) and is_text(value)

"""Strings from clusters and files are data: here they become harmless before anybody sees them."""

# Bidi controls and invisible characters can make a terminal show other words than those it was sent.
_INVISIBLE = {
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFFF9, 0xFFFC),
    0x00AD,
    0x061C,
    0x180E,
    0xFEFF,
}
_CONTROL = {*range(0x20), *range(0x7F, 0xA0)}
_ESCAPES = {
    **{code: f"\\u{code:04x}" for code in _INVISIBLE},
    **{code: f"\\x{code:02x}" for code in _CONTROL},
    0x09: "\\t",
    0x0A: "\\n",
    0x0D: "\\r",
    0x1B: "^[",  # kubectl's own spelling
}
_MARKDOWN = {ord(mark): f"\\{mark}" for mark in "\\`*_{}[]()#+!|~"} | {
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord("&"): "&amp;",
}


def clean(text: str) -> str:
    """The text on one line, with every control, bidi and zero-width character spelled out."""
    return text if text.isascii() and text.isprintable() else text.translate(_ESCAPES)


def escape_markdown(text: str) -> str:
    """The cleaned text such that Markdown and HTML show it letter by letter."""
    return clean(text).translate(_MARKDOWN)

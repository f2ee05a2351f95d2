"""A string as YAML that every reader, of 1.1, of 1.2 and Go's, takes for that string."""

from kubectl_fieldkit.yaml_scalars import resolve

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-@+=:")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def scalar(value: str, style: str = "") -> str:
    """The value as one scalar; `style` is the quote that it had, kept where that is possible."""
    if style == '"' or not value.isprintable():
        return _double(value)
    if style == "'" or not _is_plain(value):
        return f"""'{value.replace("'", "''")}'""" if style == "'" else _double(value)
    return value


def _is_plain(value: str) -> bool:
    """Text to every reader: no word, number, date or time of any YAML."""
    first = value[:1]
    if not (first.isascii() and (first.isalpha() or first in "_/")) or value[-1:] == ":":
        return False
    if not _PLAIN.issuperset(value):
        return False
    return isinstance(resolve(value), str) and value.lower() not in ("y", "n", "yes", "no")


def _double(value: str) -> str:
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else _pair(code)


def _pair(code: int) -> str:
    """As YAML has it; JSON files with such names are none that anybody has seen."""
    return f"\\U{code:08x}"

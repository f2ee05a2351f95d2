"""Which strings a reader of YAML could take for something else, and how to quote them.

A reader is YAML 1.1 (PyYAML, Ruby), YAML 1.2 (ruamel.yaml, JavaScript) or Go (kubectl).
"""

from kubectl_fieldkit.yaml_scalars import resolve

_STARTS = frozenset("+-.0123456789")
_DIGITS = frozenset("0123456789_")  # ruamel.yaml takes `-_` for a number, and fails
# Integers of base 2 to 60, floats, dates and times are made of these; hexadecimal ones `resolve` knows.
_NUMERIC = frozenset("0123456789_.,:+-eExXoObBtTzZ ")
_WORDS = frozenset(
    {"", "~", "null", "=", "<<", ".nan", ".inf", "+.inf", "-.inf"}
    | {"y", "n", "yes", "no", "true", "false", "on", "off"}
)
_LONGEST_WORD = 5
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def is_text(value: str) -> bool:
    """No reader takes the unquoted value for a null, a bool, a number, a date, a time or a merge."""
    if len(value) <= _LONGEST_WORD and value.lower() in _WORDS:
        return False
    if value[0] not in _STARTS:
        return True
    if not isinstance(resolve(value), str):
        return False
    is_numeric = _NUMERIC.issuperset(value) and not _DIGITS.isdisjoint(value)
    return not is_numeric or value.count(".") > 1  # an address or a version


def double_quoted(value: str) -> str:
    """The value between `"`, all that is not printable as escapes that every reader knows."""
    if value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

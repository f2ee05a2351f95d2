"""A plain YAML scalar's value as kubectl reads it: go.yaml.in/yaml/v2's resolve.go.

Not YAML 1.1 as Python reads it: dates and base 60 are text, `0o17` is a number, `y` is a bool.
"""

_PREFIXES = frozenset("+-.0123456789")
_DECIMAL = frozenset("+-.0123456789eE")
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(
        ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], True
    ),
    **dict.fromkeys(
        ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], False
    ),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
}


def resolve(text: str) -> object:
    """The value of a plain scalar: null, bool, number or, for all else, its text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _PREFIXES or not text.isascii():
        return text
    plain = text.replace("_", "")
    digits = plain.lstrip("+-")
    is_octal = digits.startswith("0") and digits.isdigit()
    try:
        return int(plain, 8 if is_octal else 0)
    except ValueError:
        return _float(text if text[0] == "." else plain, text)


def _float(plain: str, text: str) -> object:
    if not _DECIMAL.issuperset(plain):
        return text
    try:
        number = float(plain)
    except ValueError:
        return text
    return text if number in (float("inf"), float("-inf")) else number

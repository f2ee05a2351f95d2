"""Plain data as YAML that every reader gives back as the same data: 1.1, 1.2 and Go's.

Block style in kubectl's layout: the mapping's own order, `- ` at its parent's column, no line folded.
"""

from collections.abc import Iterable, Sequence

from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.yaml_quoting import double_quoted, is_text

_INDICATORS = frozenset(" ?:,[]{}#&*!|>=~'\"%@`")  # what no plain scalar begins with
_LONGEST_KEY = 1000  # readers look this far (1024) for the `:` that makes a key of a scalar
_LISTS = (list, tuple)
_NOT_FINITE = {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}


def to_yaml(document: object) -> str:
    """One document; FieldkitError for a string that is no Unicode text."""
    return _Writer().document(document)


def write_yaml(documents: Iterable[object]) -> str:
    """The documents one after another, `---` between them."""
    writer = _Writer()
    return "---\n".join(map(writer.document, documents))


class _Texts(dict[str, str]):
    """How each distinct string is written on its line: empty for one that is written as a block."""

    def __missing__(self, value: str) -> str:
        text = self[value] = "" if _fits_block(value) else _one_line(value)
        return text


class _Heads(dict[str, str]):
    """How each distinct key is written, with its colon."""

    def __missing__(self, key: str) -> str:
        head = self[key] = _one_line(key) + ":"
        return head


class _Writer:
    """Documents as lines; `lead` is what stands before a node's first line, `pad` before the others."""

    def __init__(self) -> None:
        self._texts = _Texts()  # the strings of a cluster are few, and repeated
        self._heads = _Heads()
        self._lines: list[str] = []

    def document(self, document: object) -> str:
        """The text of one document."""
        self._lines = []
        try:
            self._node(document, "", "")
        except RecursionError as err:
            raise FieldkitError(
                "cannot write the document as YAML: it is nested too deeply"
            ) from err
        return "".join(self._lines)

    def _node(self, value: object, pad: str, lead: str) -> None:
        if isinstance(value, dict) and value:
            self._mapping(value, pad, lead)
        elif isinstance(value, _LISTS) and value:
            self._sequence(value, pad, lead)
        else:
            self._lines.append(f"{lead}{self._leaf(value, pad or '  ')}\n")

    def _mapping(self, mapping: dict[str, object], pad: str, lead: str) -> None:
        append, texts, heads = self._lines.append, self._texts, self._heads
        for key, value in mapping.items():
            head = heads[key]
            if len(head) > _LONGEST_KEY:
                head = f"? {head[:-1]}\n{pad}:"
            if isinstance(value, str) and (text := texts[value]):
                append(f"{lead}{head} {text}\n")
            elif isinstance(value, dict) and value:
                append(f"{lead}{head}\n")
                self._mapping(value, pad + "  ", pad + "  ")
            elif isinstance(value, _LISTS) and value:
                append(f"{lead}{head}\n")
                self._sequence(value, pad, pad)
            else:
                append(f"{lead}{head} {self._leaf(value, pad + '  ')}\n")
            lead = pad

    def _sequence(self, items: Sequence[object], pad: str, lead: str) -> None:
        append, texts, inner = self._lines.append, self._texts, pad + "  "
        for item in items:
            if isinstance(item, str) and (text := texts[item]):
                append(f"{lead}- {text}\n")
            else:
                self._node(item, inner, lead + "- ")
            lead = pad

    def _leaf(self, value: object, pad: str) -> str:
        """A value that has no nodes below it; `pad` stands before each line of a block."""
        if isinstance(value, str):
            return self._texts[value] or _block(value, pad)
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, float):
            return _float(value)
        if isinstance(value, dict):
            return "{}"
        if isinstance(value, _LISTS):
            return "[]"
        raise TypeError(f"{type(value).__name__} has no form in YAML")


def _float(number: float) -> str:
    """With a point, or YAML 1.1 takes 1e+16 for text."""
    text = repr(number)
    if text in _NOT_FINITE:
        return _NOT_FINITE[text]
    return text if "." in text else text.replace("e", ".0e")


def _one_line(value: str) -> str:
    """Plain, else in the quotes that kubectl would take."""
    if not value.isprintable():
        _check_unicode(value)
        return double_quoted(value)
    if not is_text(value):
        return double_quoted(value)
    return value if _is_plain(value) else f"""'{value.replace("'", "''")}'"""


def _is_plain(value: str) -> bool:
    """A printable line is read to its end, and as nothing but a scalar."""
    return (
        value[0] not in _INDICATORS
        and value[-1] not in ": "
        and ": " not in value
        and " #" not in value
        and value[:2] not in ("-", "- ")
        and value[:3] not in ("---", "...")
    )


def _check_unicode(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as err:
        excerpt = double_quoted(value[max(0, err.start - 20) : err.end + 20])
        raise FieldkitError(
            f"cannot write {excerpt} as YAML", "half of a surrogate pair is no character"
        ) from err


def _fits_block(value: str) -> bool:
    """Whether it is lines of printable text; blanks on the first or last are better seen in quotes."""
    if "\n" not in value:
        return False
    if not value.replace("\n", "").replace("\t", "").isprintable():
        return False
    text = value.strip("\n")
    return bool(text.partition("\n")[0].strip() and text.rpartition("\n")[2].strip())


def _block(value: str, pad: str) -> str:
    """A literal block: its header, and its lines behind `pad`."""
    text = value.rstrip("\n")
    breaks = len(value) - len(text)
    indent = "2" if text.lstrip("\n")[0] in " \t" else ""
    chomping = ("-", "", "+")[min(breaks, 2)]
    lines = (pad + line if line else "" for line in text.split("\n"))
    return f"|{indent}{chomping}\n" + "\n".join(lines) + "\n" * max(breaks - 1, 0)

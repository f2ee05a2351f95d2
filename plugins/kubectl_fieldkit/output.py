"""The one way out: blocks of text and tables, or a document, in the format asked for.

A report gives blocks (for people) and a document (for programs); both are plain values. Only
`write` touches a stream, and terminal facts are arguments.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from msgspec import Struct

from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.untrusted import clean, escape_markdown

GAP = 3  # spaces between columns
LEAST_FOLDED = 20  # a narrower column is left to the terminal
FORMATS = ("table", "wide", "json", "yaml", "name", "markdown")
STYLES = {"red": "31", "yellow": "33", "green": "32", "cyan": "36", "dim": "2", "bold": "1"}


class Screen(Struct, frozen=True):
    """What is known of the place the output goes to; `width` is 0 where lines may be any length."""

    width: int = 0
    color: bool = False


class Cell(Struct, frozen=True):
    """A table cell with a style's name from STYLES."""

    text: str
    style: str = ""


class Table(Struct, frozen=True):
    """Upper-case headers and rows of equal length; the last column is folded on a narrow screen."""

    headers: tuple[str, ...]
    rows: Sequence[Sequence[str | Cell]]


class Heading(Struct, frozen=True):
    """A line that names what follows."""

    text: str


class Code(Struct, frozen=True):
    """Lines to copy as they are, indentation and all; `language` is a hint for Markdown."""

    text: str
    language: str = "yaml"


Block = Table | Heading | Code | str


class Report(Struct, frozen=True):
    """An answer in all its forms; each is made only when its format is asked for."""

    blocks: Callable[[], Sequence[Block]]
    document: Callable[[], object]
    names: Callable[[], Sequence[str]]


def render(report: Report, form: str, screen: Screen, headers: bool = True) -> str:
    """The report's text in one of FORMATS."""
    match form:
        case "json":
            return json(report.document())
        case "yaml":
            return yaml(report.document())
        case "name":
            return "".join(f"{clean(name)}\n" for name in report.names())
        case "markdown":
            return markdown(report.blocks())
        case _:
            return plain(report.blocks(), screen, headers)


def plain_table(table: Table, screen: Screen, headers: bool = True) -> str:
    """Columns three spaces apart, as kubectl's. Nothing is ever cut: on a screen that is too narrow
    the last column is folded where there is room for it, and else the terminal folds the line.
    """
    if not table.rows:
        return ""
    cells = [[_cell(cell) for cell in row] for row in table.rows]
    lines = ([[Cell(header) for header in table.headers]] if headers else []) + cells
    widths = [max(len(line[i].text) for line in lines) for i in range(len(table.headers))]
    before_last = sum(widths[:-1]) + GAP * (len(widths) - 1)
    room = screen.width - before_last
    if screen.width and LEAST_FOLDED <= room < widths[-1]:
        lines = [folded for line in lines for folded in _folded(line, room)]
    return "\n".join(_line(line, widths, screen) for line in lines)


def _cell(cell: str | Cell) -> Cell:
    return Cell(clean(cell)) if isinstance(cell, str) else Cell(clean(cell.text), cell.style)


def _folded(cells: Sequence[Cell], room: int) -> Iterator[list[Cell]]:
    """The row, and below it what does not fit of its last cell."""
    from textwrap import wrap

    first, *rest = wrap(cells[-1].text, room, break_on_hyphens=False) or [""]
    yield [*cells[:-1], Cell(first, cells[-1].style)]
    yield from ([Cell("")] * (len(cells) - 1) + [Cell(text, cells[-1].style)] for text in rest)


def _line(cells: Sequence[Cell], widths: Sequence[int], screen: Screen) -> str:
    pairs = zip(cells, widths, strict=True)
    if not screen.color:
        return (" " * GAP).join([cell.text.ljust(width) for cell, width in pairs]).rstrip(" ")
    parts = (_paint(c.text, c.style, screen) + " " * (width - len(c.text)) for c, width in pairs)
    return (" " * GAP).join(parts).rstrip(" ")


def _paint(text: str, style: str, screen: Screen) -> str:
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if screen.color and style and text else text


def plain(blocks: Sequence[Block], screen: Screen, headers: bool = True) -> str:
    """The blocks as a terminal shows them, each heading after an empty line."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            parts.append(plain_table(block, screen, headers))
        elif isinstance(block, Heading):
            parts.append(("\n" if parts else "") + _paint(clean(block.text), "bold", screen))
        elif isinstance(block, Code):
            parts.append(_verbatim(block))
        else:
            parts.append(_wrap(block, screen.width))
    return "".join(f"{part}\n" for part in parts if part)


def _verbatim(block: Code) -> str:
    """The lines as they are, tabs too: spelled out, what is pasted would say something else."""
    lines = block.text.rstrip("\n").split("\n")
    return "\n".join("\t".join(map(clean, line.split("\t"))) for line in lines)


def _wrap(text: str, width: int) -> str:
    indent = text[: len(text) - len(text.lstrip(" "))]
    lines = [indent]
    for word in clean(text).split():
        fits = not width or len(lines[-1]) + 1 + len(word) <= width or not lines[-1].strip()
        if fits:
            lines[-1] += word if not lines[-1].strip() else f" {word}"
        else:
            lines.append(f"{indent}{word}")
    return "\n".join(lines)


def markdown(blocks: Sequence[Block]) -> str:
    """The blocks as GitHub's Markdown, with every cell escaped."""
    from tabulate import tabulate

    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            rows = [[escape_markdown(_cell(cell).text) for cell in row] for row in block.rows]
            parts.append(tabulate(rows, block.headers, "github", disable_numparse=True))
        elif isinstance(block, Heading):
            parts.append(f"### {escape_markdown(block.text)}")
        elif isinstance(block, Code):
            parts.append(f"```{block.language}\n{_verbatim(block)}\n```")
        else:
            parts.append(escape_markdown(block.strip()))
    return "\n\n".join(parts) + "\n" if parts else ""


def json(document: object) -> str:
    """The document as indented JSON."""
    from msgspec.json import encode, format

    return format(encode(document), indent=2).decode() + "\n"


def yaml(document: object) -> str:
    """The document as YAML, keys in the document's own order."""
    from msgspec import to_builtins

    from kubectl_fieldkit.yaml_emission import to_yaml

    return to_yaml(to_builtins(document, str_keys=True))


def write(text: str, stream: TextIO) -> None:
    """Everything to the stream at once; FieldkitError when it cannot take it (a full disk)."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as err:
        raise FieldkitError(f"cannot write the output: {err.strerror}") from err

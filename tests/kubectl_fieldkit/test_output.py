"""Blocks become text as kubectl's tables look; nothing from a cluster reaches a terminal raw."""

import pytest

from kubectl_fieldkit.output import (
    Block,
    Cell,
    Code,
    Heading,
    Screen,
    Table,
    markdown,
    plain,
    plain_table,
)
from kubectl_fieldkit.untrusted import clean, escape_markdown

TABLE = Table(("NAME", "EFFECT", "NOTE"), [("a", Cell("NoExecute", "red"), "goes"), ("bb", "", "")])


def test_columns_are_three_spaces_apart_and_no_line_ends_in_spaces() -> None:
    """The form of kubectl's own tables."""
    assert plain_table(TABLE, Screen()) == "NAME   EFFECT      NOTE\na      NoExecute   goes\nbb"


def test_without_headers() -> None:
    """--no-headers leaves the rows as they are."""
    assert plain_table(TABLE, Screen(), headers=False) == "a    NoExecute   goes\nbb"


def test_a_narrow_screen_folds_the_last_column_and_cuts_nothing() -> None:
    """Every word is still there; where not even the last column fits, the terminal folds the line."""
    wide = Table(("NAME", "MESSAGE"), [("a", "one two three four five six"), ("bb", "")])
    assert plain_table(wide, Screen(width=28)) == (
        "NAME   MESSAGE\na      one two three four\n       five six\nbb"
    )
    assert plain_table(wide, Screen(width=12)) == plain_table(wide, Screen())


def test_colour_does_not_move_columns() -> None:
    """Escape sequences have no width."""
    painted = plain_table(TABLE, Screen(color=True))
    assert "\x1b[31mNoExecute\x1b[0m   goes" in painted
    assert painted.replace("\x1b[31m", "").replace("\x1b[0m", "") == plain_table(TABLE, Screen())


def test_headings_stand_after_an_empty_line_and_text_is_wrapped_with_its_indent() -> None:
    """Blocks in order; an empty table leaves no trace."""
    blocks: list[Block] = [Heading("One"), "  some words here", Table(("X",), []), Heading("Two")]
    assert plain(blocks, Screen(width=12)) == "One\n  some words\n  here\n\nTwo\n"


def test_code_is_left_as_it_is() -> None:
    """Neither wrapped nor indented anew, fenced in Markdown, and still harmless."""
    code = Code('- key: a\n  value: "long enough to wrap"\n  x: \x1b[2J\n')
    lines = '- key: a\n  value: "long enough to wrap"\n  x: ^[[2J\n'
    assert plain([code], Screen(width=8)) == lines
    assert markdown([code]) == f"```yaml\n{lines}```\n"


def test_markdown_escapes_every_cell() -> None:
    """A cell cannot end its table or start a tag."""
    text = markdown([Heading("a*b"), Table(("X",), [("a|b<i>",)])])
    assert text == "### a\\*b\n\n| X             |\n|---------------|\n| a\\|b&lt;i&gt; |\n"


@pytest.mark.parametrize(
    ("raw", "harmless"),
    [
        ("worker-0", "worker-0"),
        ("é 漢", "é 漢"),
        ("\x1b[2J", "^[[2J"),
        ("a\r\nb\tc\x00\x7f\x9b", "a\\r\\nb\\tc\\x00\\x7f\\x9b"),
        ("\u202eabc\u2066\u200b\ufeff\u2028", "\\u202eabc\\u2066\\u200b\\ufeff\\u2028"),
    ],
)
def test_clean_spells_out_what_a_terminal_would_obey(raw: str, harmless: str) -> None:
    """Control, bidi and invisible characters are shown, never sent."""
    assert clean(raw) == harmless


def test_markdown_escape_covers_html() -> None:
    """Both languages' marks are escaped, and control characters too."""
    assert escape_markdown("<a>&`x`|\x1b") == "&lt;a&gt;&amp;\\`x\\`\\|^\\["

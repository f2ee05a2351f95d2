"""What is drawn fits, and shows what it must."""

import re
from unicodedata import east_asian_width

import pytest

from kubectl_fieldkit.picker.drawing import Size, draw
from kubectl_fieldkit.picker.view import Choice, open_view

HOSTILE = "a\x1b[2Jb\r\nc\u202ed\x07\u200be"
LONG = "arn:aws:eks:eu-west-1:123456789012:cluster/prod"


def _rows(choices: list[Choice], query: str, size: Size) -> list[str]:
    """The lines without what moves the cursor and colours."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", draw(open_view(choices, query), size))
    return text.removeprefix("\r").removesuffix("\r").split("\r\n")


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def test_marks_say_all_without_colours() -> None:
    """Where the cursor is, and what is current."""
    choices = [Choice("dev"), Choice("prod", "shop", current=True), Choice("web")]
    size = Size(40, 10, color=False)
    assert _rows(choices, "", size) == [">   3/3", "   dev", ">* prod  shop", "   web"]
    assert "\x1b[1;33" not in draw(open_view(choices, ""), size)


def test_hostile_names_are_spelled_out() -> None:
    """No byte of theirs reaches the terminal as it is, in name, remark or query."""
    drawn = draw(open_view([Choice(HOSTILE, HOSTILE)], "\x1b]0;x\x07"), Size(200, 10))
    drawn += draw(open_view([Choice(HOSTILE, HOSTILE)], ""), Size(200, 10))
    for letter in ("\x1b[2J", "\x07", "\u202e", "\u200b", "\x1b]"):
        assert letter not in drawn
    assert "a^[[2Jb\\r\\nc\\u202ed\\x07\\u200be" in drawn


@pytest.mark.parametrize("columns", [1, 2, 3, 5, 8, 20, 80])
@pytest.mark.parametrize("rows", [1, 2, 5, 24])
@pytest.mark.parametrize("query", ["", "a", "prod", "日本日本日本日本日本日本"])
def test_it_fits_any_terminal(columns: int, rows: int, query: str) -> None:
    """No line reaches the last column, and there is a line for the query and one for a choice."""
    names = [LONG, "日本語" * 30, HOSTILE, "a", "prod", "e\u0301" * 50]
    lines = _rows([Choice(name, "note") for name in names], query, Size(columns, rows))
    assert max(map(_columns, (line.replace("\u0301", "") for line in lines))) <= columns - 1
    assert len(lines) <= max(2, rows)


def test_a_long_name_shows_what_matched() -> None:
    """Its end where the match is there, its beginning else."""
    (_, tail) = _rows([Choice(LONG)], "prod", Size(20, 5))
    assert tail.startswith(">  ..") and tail.endswith("prod")
    (_, head) = _rows([Choice(LONG)], "arn", Size(20, 5))
    assert head.startswith(">  arn:aws") and head.endswith("..")


def test_a_long_query_shows_its_end() -> None:
    """That is where one types."""
    assert _rows([Choice("a")], "x" * 100 + "end", Size(20, 5))[0] == "> " + "x" * 14 + "end"


def test_the_cursor_is_always_shown() -> None:
    """Among any number of choices, as many as fit around it."""
    for at in (0, 1, 7, 500, 998, 999):
        choices = [Choice(str(i), current=i == at) for i in range(1000)]
        lines = _rows(choices, "", Size(20, 8))
        assert len(lines) == 8
        assert f">* {at}" in lines


def test_a_huge_hostile_name_costs_little() -> None:
    """Its cost grows with its length, not with the square of it: this ends."""
    name = "日x" * 500_000
    (_, row) = _rows([Choice(name + "z")], "z", Size(20, 5))
    assert row.endswith("z")

"""Text, what goes, and the text that is left: the cases are files."""

import json
from pathlib import Path

import pytest

from kubectl_neat.cutting import CannotCut, cut, has_comments

CASES = sorted((Path(__file__).parent / "cutting_cases").iterdir())


def _read(path: Path) -> str:
    return path.read_bytes().decode()


def _removed(case: Path) -> list[list[tuple[str | int, ...]]]:
    """One JSON path a line, `---` between documents."""
    documents = (case / "removed").read_text().split("---\n")
    return [[tuple(json.loads(line)) for line in lines.splitlines()] for lines in documents]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_goes_is_cut_out_and_nothing_else_changes(case: Path) -> None:
    """The result is the file `after.yaml` to the byte, or the reason in `refused`."""
    before = _read(case / "before.yaml")
    if (case / "refused").exists():
        with pytest.raises(CannotCut) as refusal:
            cut(before, _removed(case))
        assert f"{refusal.value}\n" == _read(case / "refused")
    else:
        assert cut(before, _removed(case)) == _read(case / "after.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1 # x\n", True),
        ("\ufeff# x\n", True),
        ("a:\n  # x\n", True),
        ("a: [1,# x\n 2]\n", True),
        ("a: | # x\n  y\n", True),
        ("a: !t &b >-1 # x\n  y\n", True),
        ("a: !t # x\n  'y'\n", True),
        ("--- # x\n", True),
        ("%YAML 1.1 # x\n---\n", True),
        ("a: &b c\nd: *b # x\n", True),
        ("a: 1\n... # x\n", True),
        ("a: b#x\n", False),
        ("a: 'b # x'\n", False),
        ('"# x": "b\n# x\n"\n', False),
        ("a: |\n  # x\n", False),
        ("a: >\n\n # x\n b\n", False),
        ("a: &b#x c\nd: *b#x\n", False),
        ("%TAG !e! tag:e,2026:#x\n---\na: !e!x#y b\n", False),
        ("a: !<tag:x#y> b\n", False),
        ("a: 1\n", False),
        ("a: [ # x\n", False),
    ],
)
def test_a_comment_is_told_from_text(text: str, expected: bool) -> None:
    """A `#` in a scalar, an anchor or a tag is no comment; a text that is no YAML has none to keep."""
    assert has_comments(text) is expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 900 + "]" * 900, "exceeded max depth"),
        ("a: \udc80 # x\n", "surrogates not allowed"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(text: str, reason: str) -> None:
    """Whatever is wrong with a text, the caller is told in one way."""
    with pytest.raises(CannotCut, match=reason):
        cut(text, [[(0,)]])
    assert not has_comments(text)

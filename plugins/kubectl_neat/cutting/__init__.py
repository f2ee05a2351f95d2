"""YAML text without some of its values; every other character stays, comments above all.

`node` reads the text into a tree of places, `entry` finds the entries of a collection, `block` and
`flow` cut entries out in either style, `edit` is one such change; `lines` answers what stands around
a place, `comments` finds the comments. What comes out is read again: it must say what was left.
"""

from collections.abc import Collection, Sequence

from kubectl_fieldkit.yaml_document import parse_documents
from kubectl_neat.cutting.comments import comments
from kubectl_neat.cutting.cuts import Cuts
from kubectl_neat.cutting.edit import apply
from kubectl_neat.cutting.lines import Lines
from kubectl_neat.cutting.node import read_roots
from kubectl_neat.cutting.refusal import CannotCut
from kubectl_neat.documents import BOM
from kubectl_neat.gone import gather, without
from kubectl_neat.removal import Path

__all__ = ["CannotCut", "cut", "has_comments"]


def cut(text: str, removals: Sequence[Collection[Path]]) -> str:
    """The stream without these paths, a collection for each of its documents; else CannotCut.

    A value takes its own comments with it. A collection that loses all its entries stays, empty.
    """
    try:
        return _cut(text, removals)
    except RecursionError as err:
        raise CannotCut("the document is nested too deeply") from err


def _cut(text: str, removals: Sequence[Collection[Path]]) -> str:
    if any(not path for paths in removals for path in paths):
        raise CannotCut("a whole document goes")
    body = text.removeprefix(BOM)
    gone = [gather(paths) for paths in removals]
    wanted = [without(tree, each) for tree, each in zip(_read(body), gone, strict=True)]
    lines = Lines(body)
    edits = [
        edit
        for root, each in zip(read_roots(body), gone, strict=True)
        for edit in Cuts(lines).of_document(root, each)
    ]
    result = apply(body, edits)
    _prove(result, wanted)
    return text[: len(text) - len(body)] + result


def has_comments(text: str) -> bool:
    """Whether the YAML says anything to people that its values do not say."""
    from yaml import YAMLError

    try:
        return "#" in text and any(comments(text))
    except (YAMLError, UnicodeEncodeError, RecursionError):
        return False


def _prove(result: str, wanted: list[object]) -> None:
    """CannotCut unless the result says what is wanted, in that order."""
    try:
        left = _read(result)
    except CannotCut as err:
        raise CannotCut(f"what is left could not be read: {err}") from err
    if repr(left) != repr(wanted):  # to == 1, 1.0 and True are the same, and NaN is not NaN
        raise CannotCut("what is left would not say the same any more")


def _read(text: str) -> list[object]:
    """All documents; CannotCut where they are no YAML."""
    try:
        return list(parse_documents(text.encode()))
    except ValueError as err:
        raise CannotCut(str(err)) from err

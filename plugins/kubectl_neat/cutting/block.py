"""Entries cut out of a collection in block style: whole lines, but for one behind a dash."""

from collections.abc import Sequence

from kubectl_neat.cutting.edit import Edit
from kubectl_neat.cutting.entry import Entry
from kubectl_neat.cutting.lines import Lines

WHOLE_DOCUMENT = -1


def cut_block(
    lines: Lines, entries: Sequence[Entry], gone: Sequence[int], said: int, empty: str
) -> list[Edit]:
    """The edits that take these entries away; where none is left, `empty` is written behind `said`."""
    spans = [_own_lines(lines, entries[at], not at and said == WHOLE_DOCUMENT) for at in gone]
    if len(gone) == len(entries):
        return [*_emptied(lines, entries[0].start, spans[0], said, empty), *spans[1:]]
    if gone[0] == 0 and lines.shares_line(entries[0].start):
        spans[0] = Edit(entries[0].start, _what_moves_up(lines, spans))
    return spans


def _own_lines(lines: Lines, entry: Entry, is_head: bool) -> Edit:
    """The entry's lines, with the comments that are its own."""
    start = lines.above(entry.start, entry.floor)
    if is_head and lines.is_blank(lines.end(entry.floor) if entry.floor else 0, start):
        start = lines.start(entry.start)  # the comments are the document's
    end = lines.below(lines.end(entry.end), len(lines.indent(entry.start)))
    if start == entry.floor > 0:  # behind a `|+`, whose text the blank lines would become
        end = max(end, lines.start(lines.skip_spaces(end)))
    return Edit(start, end)


def _emptied(lines: Lines, start: int, own: Edit, said: int, empty: str) -> list[Edit]:
    """An empty collection instead of its first entry."""
    before_break = lines.unbroken(own.end)
    if said == WHOLE_DOCUMENT:
        return [Edit(own.start, before_break, lines.indent(start) + empty)]
    if lines.shares_line(start):
        return [Edit(said, before_break, f" {empty}")]
    return [Edit(said, said, f" {empty}"), own]


def _what_moves_up(lines: Lines, spans: Sequence[Edit]) -> int:
    """The first comment or entry that stays, behind an entry that shares its line with a dash."""
    at = spans[0].end
    for span in spans[1:]:
        if not lines.is_blank(at, span.start):
            break
        at = span.end
    return lines.skip_spaces(at)

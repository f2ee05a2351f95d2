"""Entries cut out of a collection in flow style: `{a: 1, b: 2}`, on one line or on several."""

from collections.abc import Iterator, Sequence

from kubectl_neat.cutting.edit import Edit, apply
from kubectl_neat.cutting.entry import Entry
from kubectl_neat.cutting.lines import Lines
from kubectl_neat.cutting.node import Node


def cut_flow(
    lines: Lines, node: Node, entries: Sequence[Entry], gone: Sequence[int], empty: str
) -> list[Edit]:
    """The edits that take these entries away, and the commas that have nothing to divide any more."""
    left = sorted(set(range(len(entries))) - set(gone))
    edits = [_cut_run(lines, entries, run) for run in _runs(lines, entries, gone)]
    if left and left[-1] < gone[-1] and entries[-1].comma < 0:
        comma = entries[left[-1]].comma
        edits.append(Edit(comma, comma + 1))
    if not left:
        return _emptied(lines, node, edits, empty)
    return edits


def _emptied(lines: Lines, node: Node, edits: list[Edit], empty: str) -> list[Edit]:
    """Brackets with nothing between them, unless comments stay there."""
    if lines.text[node.inside - 1] != empty[0]:  # a single pair needs no brackets in a sequence
        return [Edit(node.start, node.end, empty)]
    close = node.end - 1
    inner = [Edit(edit.start - node.inside, edit.end - node.inside) for edit in edits]
    if apply(lines.text[node.inside : close], inner).strip():
        return edits
    return [Edit(node.inside, close)]


def _runs(lines: Lines, entries: Sequence[Entry], gone: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of entries that go together: each begins where the line of the one before ends."""
    first = last = gone[0]
    for at in gone[1:]:
        here, before = entries[at].start, entries[last].whole
        if at != last + 1 or lines.number(here) != lines.number(before):
            yield first, last
            first = at
        last = at
    yield first, last


def _cut_run(lines: Lines, entries: Sequence[Entry], run: tuple[int, int]) -> Edit:
    """The run with the lines and the comments that it has for itself, else what stands between its neighbours."""
    first, last = entries[run[0]], entries[run[1]]
    start, end = first.start, last.whole
    after = lines.skip_spaces(end)
    begins, ends = not lines.shares_line(start), lines.ends_line(end)
    if begins and ends:
        return Edit(lines.above(start, first.floor), lines.end(end))
    if run[1] + 1 == len(entries) and not ends:
        above = lines.above(start, first.floor) if begins else start
        if lines.is_blank(first.floor, above):
            return Edit(first.floor, end)
        return Edit(above, after)
    if ends and run[0] == 0:
        return Edit(first.floor, lines.unbroken(lines.end(end)))
    return Edit(first.floor, end) if ends else Edit(start, after)

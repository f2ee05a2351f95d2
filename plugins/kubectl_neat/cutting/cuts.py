"""The edits that take paths out of a document, from its root down."""

from collections.abc import Iterator

from kubectl_neat.cutting.block import WHOLE_DOCUMENT, cut_block
from kubectl_neat.cutting.edit import Edit
from kubectl_neat.cutting.entry import Entry, read_entries
from kubectl_neat.cutting.flow import cut_flow
from kubectl_neat.cutting.lines import Lines
from kubectl_neat.cutting.node import Node, Root
from kubectl_neat.cutting.refusal import CannotCut
from kubectl_neat.gone import Gone

EMPTY = {"mapping": "{}", "sequence": "[]"}


class Cuts:
    """The cuts of one text."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def of_document(self, root: Root, gone: Gone) -> Iterator[Edit]:
        """The edits that take these paths out of the document."""
        return self._of(root.node, gone, root.floor, WHOLE_DOCUMENT)

    def _of(self, node: Node, gone: Gone, floor: int, said: int) -> Iterator[Edit]:
        if not gone:
            return
        if node.kind not in EMPTY:
            raise CannotCut(
                "what goes is behind an alias" if node.kind == "alias" else "what goes is not there"
            )
        entries = list(read_entries(self._lines, node, floor))
        self._check(node, entries, gone)
        counting = {entry.step: entry for entry in entries}  # of several with a key the last one
        for step, below in gone.items():
            if below:
                inner = counting[step]
                at = self._lines.skip_properties(inner.said, inner.value.properties)
                yield from self._of(inner.value, below, at, at)
        going = [i for i, e in enumerate(entries) if e.step in gone and not gone[e.step]]
        if not going:
            return
        if node.flow:
            yield from cut_flow(self._lines, node, entries, going, EMPTY[node.kind])
        else:
            yield from cut_block(self._lines, entries, going, said, EMPTY[node.kind])

    @staticmethod
    def _check(node: Node, entries: list[Entry], gone: Gone) -> None:
        steps = {entry.step for entry in entries}
        if not gone.keys() <= steps:
            raise CannotCut(
                'what goes is merged by "<<"' if "<<" in steps else "what goes is not there"
            )

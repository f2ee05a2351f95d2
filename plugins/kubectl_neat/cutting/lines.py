"""A text and its lines, as the YAML parser breaks them."""

import re
from bisect import bisect_right

BREAKS = "\n\r\x85\u2028\u2029"
_BREAK = re.compile(f"\r\n|[{BREAKS}]")
BLANK = rf"(?:[\s{BREAKS}]+|#[^{BREAKS}]*)*"
PROPERTY = r"(?:!<[^>\s]*>|[&!][^\s]*)"  # a tag or an anchor
_SPACES = re.compile(rf"[\s{BREAKS}]*")
_PROPERTY = re.compile(PROPERTY)
_BLANK = re.compile(BLANK)


class Lines:
    """Places in a text: each answer is a place, found without a look at the rest of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def number(self, at: int) -> int:
        """The line that this place is on, from 0."""
        return bisect_right(self._starts, at) - 1

    def start(self, at: int) -> int:
        """The beginning of the line that this place is on."""
        return self._starts[self.number(at)]

    def end(self, at: int) -> int:
        """The beginning of the next line; where a line begins, the one before it has its end."""
        number = self.number(at)
        return at if at and at == self._starts[number] else self._line_end(number)

    def unbroken(self, end: int) -> int:
        """The end of a line, before the characters that break it."""
        if self.text[max(end - 2, 0) : end] == "\r\n":
            return end - 2
        return end - 1 if end and self.text[end - 1] in BREAKS else end

    def shares_line(self, at: int) -> bool:
        """Whether something but spaces stands before it on its line."""
        return bool(self.indent(at).strip())

    def ends_line(self, at: int) -> bool:
        """Whether nothing but spaces and a comment stands behind it on its line."""
        return self.skip(at) >= self._line_end(self.number(at))

    def is_blank(self, start: int, end: int) -> bool:
        """Whether there are only spaces between two places."""
        return not self.text[start:end].strip()

    def indent(self, at: int) -> str:
        """What stands before it on its line."""
        return self.text[self.start(at) : at]

    def skip(self, at: int) -> int:
        """The next character that is neither space nor comment."""
        found = _BLANK.match(self.text, at)
        return found.end() if found else at

    def skip_spaces(self, at: int) -> int:
        """The next character that is no space; a comment counts."""
        found = _SPACES.match(self.text, at)
        return found.end() if found else at

    def skip_properties(self, at: int, count: int) -> int:
        """Behind so many tags and anchors."""
        for _ in range(count):
            found = _PROPERTY.match(self.text, self.skip(at))
            at = found.end() if found else at
        return at

    def above(self, at: int, floor: int) -> int:
        """Where the comments begin that stand directly above in the same column, all behind `floor`."""
        number, column = self.number(at), len(self.indent(at))
        while number and self._starts[number - 1] >= floor:
            if self._comment_column(number - 1) != column:
                break
            number -= 1
        return self._starts[number]

    def below(self, end: int, column: int) -> int:
        """Where the comments end that follow below `end` and stand further in than the column."""
        found, number = end, self.number(end)
        if end != self._starts[number]:  # the text ends here
            return end
        while number < len(self._starts):
            at = self._comment_column(number)
            if at > column:
                found = self._line_end(number)
            elif at >= 0 or self._line(number).strip():
                break
            number += 1
        return found

    def _comment_column(self, number: int) -> int:
        """Where the line's comment begins, -1 where it is not a line of comment."""
        line = self._line(number)
        words = line.lstrip(" \t")
        return len(line) - len(words) if words.startswith("#") else -1

    def _line(self, number: int) -> str:
        return self.text[self._starts[number] : self._line_end(number)]

    def _line_end(self, number: int) -> int:
        return self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)

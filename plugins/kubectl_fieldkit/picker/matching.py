"""Which names a query finds, and which of them first: fzf's scoring, without its syntax.

A letter that begins a word counts more, as does one that follows the letter matched before it; gaps
cost. Case counts only where the query has a capital.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Optional

MATCH, GAP_START, CONSECUTIVE = 16, 3, 4  # a gap costs its start, and one more for each letter
START, BOUNDARY, CAMEL = 10, 8, 7
FIRST = 2  # the first letter's bonus counts twice


class _Step(NamedTuple):
    """The best way to match a term up to one letter, that letter at `at`; `run` is the bonus its run has."""

    at: int
    score: int
    run: int
    before: Optional["_Step"]


def rank(query: str, names: Sequence[str], among: Iterable[int]) -> list[int]:
    """The indexes of the names that hold each word of the query, best first; equals keep their order."""
    terms = query.split()
    if not terms:
        return sorted(among)
    scored = [(-score, i) for i in among if (score := _score(terms, names[i])) is not None]
    return [i for _, i in sorted(scored)]


def matched(query: str, name: str) -> set[int]:
    """Where in the name the letters stand that `rank` found."""
    places = set()
    for term in query.split():
        step = _align(term, name, _folded(term, name))
        while step:
            places.add(step.at)
            step = step.before
    return places


def _score(terms: Sequence[str], name: str) -> int | None:
    total = 0
    for term in terms:
        best = _align(term, name, _folded(term, name))
        if best is None:
            return None
        total += best.score
    return total


def _folded(term: str, name: str) -> str:
    """The name as the term sees it, each letter at its place."""
    if term != term.lower():
        return name
    if name.isascii():
        return name.lower()
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in name)


def _align(term: str, name: str, folded: str) -> _Step | None:
    """The last step of the term's best match, None where its letters are not all there in order."""
    if not _has_in_order(term, folded):
        return None
    row = [_Step(at, MATCH + FIRST * (bonus := _bonus(name, at)), bonus, None)
           for at in _places(term[0], folded)]  # fmt: skip
    for letter in term[1:]:
        row = list(_next_row(row, letter, name, folded))
    return max(row, key=lambda step: (step.score, -step.at))


def _has_in_order(term: str, folded: str) -> bool:
    at = -1
    for letter in term:
        at = folded.find(letter, at + 1)
        if at < 0:
            return False
    return True


def _places(letter: str, folded: str) -> Iterator[int]:
    at = folded.find(letter)
    while at >= 0:
        yield at
        at = folded.find(letter, at + 1)


def _next_row(row: list[_Step], letter: str, name: str, folded: str) -> Iterator[_Step]:
    """Each place of the letter that a step of the row can reach, by the better of two ways."""
    far: _Step | None = None  # the best step with a gap before this place
    i = 0
    for at in _places(letter, folded):
        while i < len(row) and row[i].at < at - 1:
            if far is None or row[i].score + row[i].at >= far.score + far.at:
                far = row[i]
            i += 1
        bonus = _bonus(name, at)
        step = None
        if far:
            gap = GAP_START + at - far.at - 2
            step = _Step(at, far.score + MATCH + bonus - gap, bonus, far)
        if i < len(row) and row[i].at == at - 1:
            run = max(bonus, row[i].run, CONSECUTIVE)
            score = row[i].score + MATCH + run
            if step is None or score >= step.score:
                step = _Step(at, score, run, row[i])
        if step:
            yield step


def _bonus(name: str, at: int) -> int:
    """What the place in its word is worth."""
    if at == 0:
        return START
    before, letter = name[at - 1], name[at]
    if not before.isalnum():
        return BOUNDARY if letter.isalnum() else 0
    if (before.islower() and letter.isupper()) or (not before.isdigit() and letter.isdigit()):
        return CAMEL
    return 0

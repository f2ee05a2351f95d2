"""A default that depends on something: upstream's own function, run forwards to see what may go."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol

from msgspec import Struct

from kubectl_neat.editing import Work, copy_of
from kubectl_neat.gone import gather, without
from kubectl_neat.removal import Path

Node = dict[str, Any]

DEFAULT = "the default"


class Rule(Protocol):
    """Takes a type's conditional defaults away; `fields` are those of the type that it decides on."""

    @property
    def fields(self) -> Sequence[str]:
        """The table says nothing about them."""

    def take(self, work: Work, path: Path) -> None:
        """Takes away what the server would fill in at an object of the type that stands there."""


class Filled(Struct, frozen=True):
    """`fill` sets, in place, what is absent of `may_fill`, looking at these and at `reads`.

    Places are dotted paths below the type. A field may go when filling gives the same without it.
    """

    may_fill: tuple[str, ...]
    fill: Callable[[Node], None]
    reads: tuple[str, ...] = ()
    reason: str = DEFAULT

    @property
    def fields(self) -> Sequence[str]:
        """The fields of the type itself."""
        return [place for place in self.may_fill if "." not in place]

    def take(self, work: Work, path: Path) -> None:
        """One field after another, until no more may go: some can only go after others.

        What no server would read, a word where a mapping belongs, is left as it is.
        """
        with suppress(AttributeError, TypeError, ValueError):
            self._take(work, path)

    def _take(self, work: Work, path: Path) -> None:
        places = [tuple(place.split(".")) for place in self.may_fill]
        view = _view(work, path, [*places, *(tuple(place.split(".")) for place in self.reads)])
        whole = self._filled(view)
        left = [place for place in places if _has(view, place)]
        gone = True
        while gone:
            gone = False
            for place in left:
                if not _has(view, place):
                    continue  # gone with what held it
                trial = without(view, gather([place]))
                if self._filled(trial) == whole and work.drop((*path, *place), self.reason):
                    view, gone = trial, True
            left = [place for place in left if _has(view, place)]

    def _filled(self, view: Node) -> Node:
        filled: Node = copy_of(view)
        self.fill(filled)
        return filled


def _view(work: Work, path: Path, places: Sequence[tuple[str, ...]]) -> Node:
    """Only these places, so that no trial copies a whole pod."""
    view: Node = {}
    for place in places:
        value = work.find((*path, *place))
        if value is not None:
            below = view
            for step in place[:-1]:
                below = below.setdefault(step, {})
            below.setdefault(place[-1], copy_of(value))
    return view


def _has(view: Node, place: Sequence[str]) -> bool:
    for step in place[:-1]:
        view = view.get(step, {})
    return place[-1] in view

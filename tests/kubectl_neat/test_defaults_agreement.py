"""Our defaults are the API server's own, on random objects of every kind and version.

Upstream fills an object in, we take the defaults away, upstream fills it in again: the two must be equal
(nothing is lost), and must differ as soon as one more leaf is taken away (nothing is left).
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kubectl_neat.defaults import read_table, take_defaults
from kubectl_neat.editing import Work
from tests.kubectl_neat.random_objects import random_object
from tests.kubectl_neat.random_objects.requiring import is_required
from tests.kubectl_neat.random_objects.shrinking import (
    keep,
    kept,
    leaves,
    places,
    remove,
    shrink,
    spell,
)
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

Tree = dict[str, Any]
NEWEST = 37
# Kept though the server would fill them in: without them a reader would not see what the object says.
KEPT = {"emptyDir", "podSelector", "apiGroup", "revision", "value", "spec"}
# Taken away by a rule of `added`, not of the defaults.
KEPT |= {"kubernetes.io/metadata.name"}
# Required by an earlier release's schema.
KEPT |= {"deviceClassName", "status"}

CLOCK = "timeAdded"


def test_nothing_is_lost_and_nothing_is_left(oracle: Oracle) -> None:
    """Of objects as a user may write them."""
    random = rng("neat defaults")
    _judge(oracle, [random_object(random) for _ in range(cases(600))])


def test_nothing_is_lost_of_what_is_rarely_written(oracle: Oracle) -> None:
    """Of objects that the server has filled in, when any part of them has gone: defaults stand alone."""
    random = rng("neat thinned defaults")
    whole = _filled(oracle, [random_object(random) for _ in range(cases(600))])
    _judge(oracle, [_thinned(random, tree) for tree in whole])


@pytest.mark.parametrize("case", kept("defaults"), ids=lambda case: case.stem)
def test_what_was_once_wrong(case: Path, oracle: Oracle) -> None:
    """What was lost or left once is neither now."""
    assert _faults(oracle, [json.loads(case.read_text())]) == [[]]


def _judge(oracle: Oracle, questions: list[Tree]) -> None:
    """Fails with the first object that is wrong, shrunk and kept as a case."""
    for question, found in zip(questions, _faults(oracle, questions), strict=True):
        if found:
            small = shrink(question, lambda tree: any(_faults(oracle, [tree])))
            pytest.fail(f"{keep(small, 'defaults')}: {_faults(oracle, [small])}")


def _faults(oracle: Oracle, questions: list[Tree]) -> list[list[str]]:
    """What is wrong with each object."""
    whole = _filled(oracle, _filled(oracle, questions))  # when it is written, and when it is read
    neat = [_taken(tree) for tree in whole]
    found = [
        [f"lost: {neat!r} is filled in as {again!r}, not as {tree!r}"] * (again != tree)
        for tree, neat, again in zip(whole, neat, _filled(oracle, neat), strict=True)
    ]
    trials = [(at, path) for at, tree in enumerate(neat) for path in leaves(tree)]
    without = (_without(neat[at], path) for at, path in trials)
    for (at, path), again in zip(trials, _filled(oracle, without), strict=True):
        if again == whole[at] and not (path[-1] in KEPT or is_required(neat[at], path)):
            found[at].append(f"left: {spell(path)}")
    return found


def _filled(oracle: Oracle, trees: Any) -> list[Tree]:
    """As the server fills them in: without nulls, its clock, and the status that no user writes."""
    answers = oracle.ask("default", trees)
    return [
        {key: value for key, value in _plain(tree).items() if key != "status"} for tree in answers
    ]


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {
            key: _plain(value) for key, value in tree.items() if value is not None and key != CLOCK
        }
    return [_plain(item) for item in tree] if isinstance(tree, list) else tree


def _taken(tree: Tree) -> Tree:
    """The object without its defaults."""
    shape = read_table(NEWEST).shape(tree["apiVersion"], tree["kind"])
    assert shape
    work = Work(tree, lambda path: False, lambda path: False)
    take_defaults(work, shape)
    return work.finish()


def _without(tree: Tree, path: tuple[str | int, ...]) -> Tree:
    rest = deepcopy(tree)
    remove(rest, path)
    return rest


def _thinned(random: Random, tree: Tree) -> Tree:
    """The object without some of its parts."""
    share = random.choice((0.05, 0.2, 0.5))
    gone: Iterator[tuple[str | int, ...]] = (
        path for path in places(tree) if random.random() < share and path != ("spec",)
    )
    for path in list(gone):
        remove(tree, path)
    return tree

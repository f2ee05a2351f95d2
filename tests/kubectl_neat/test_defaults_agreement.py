"""Our defaults are the API server's own, on random objects of every kind and version."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.kubectl_neat.judging import faults, filled
from tests.kubectl_neat.random_objects import random_object
from tests.kubectl_neat.random_objects.shrinking import keep, kept, places, remove, shrink
from tests.lab.oracle import Oracle
from tests.seeds import cases, rng

Tree = dict[str, Any]


def test_nothing_is_lost_and_nothing_is_left(oracle: Oracle) -> None:
    """Of objects as a user may write them."""
    random = rng("neat defaults")
    _judge(oracle, [random_object(random) for _ in range(cases(600))])


def test_nothing_is_lost_of_what_is_rarely_written(oracle: Oracle) -> None:
    """Of objects that the server has filled in, when any part of them has gone: defaults stand alone."""
    random = rng("neat thinned defaults")
    whole = filled(oracle, [random_object(random) for _ in range(cases(600))])
    _judge(oracle, [_thinned(random, tree) for tree in whole])


@pytest.mark.parametrize("case", kept("defaults"), ids=lambda case: case.stem)
def test_what_was_once_wrong(case: Path, oracle: Oracle) -> None:
    """What was lost or left once is neither now."""
    assert faults(oracle, [json.loads(case.read_text())]) == [[]]


def _judge(oracle: Oracle, questions: list[Tree]) -> None:
    """Fails with the first object that is wrong, shrunk and kept as a case."""
    for question, found in zip(questions, faults(oracle, questions), strict=True):
        if found:
            small = shrink(question, lambda tree: any(faults(oracle, [tree])))
            pytest.fail(f"{keep(small, 'defaults')}: {faults(oracle, [small])}")


def _thinned(random: Random, tree: Tree) -> Tree:
    """The object without some of its parts."""
    share = random.choice((0.05, 0.2, 0.5))
    gone: Iterator[tuple[str | int, ...]] = (
        path for path in places(tree) if random.random() < share and path != ("spec",)
    )
    for path in list(gone):
        remove(tree, path)
    return tree

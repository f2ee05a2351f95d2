"""Manifests as careful people write them, written into a real cluster and taken back out of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import pytest
import yaml
from msgspec import Struct

from kubectl_fieldkit.yaml_emission import to_yaml
from kubectl_neat.crds import Schemas
from kubectl_neat.neating import Known, neat
from tests.kubectl_neat import oracles
from tests.kubectl_neat.authoring import (
    APPLIED,
    AROUND,
    POSTED,
    WAYS,
    Tree,
    Written,
    in_threads,
    write_all,
)
from tests.kubectl_neat.dry_server import DryServer
from tests.lab.lab import Lab
from tests.lab.oracle import Oracle

# Stored kinds that no manifest is written for, with the reason.
UNWRITTEN = {
    "ComponentStatus": "nobody can write one",
    "PodCertificateRequest": "only a kubelet can write one",
}

# They ask for what is allocated otherwise; once they are neat, nothing tells any more who did.
PINNED = {"Pod/placed", "Service/fixed-ports"}


class Case(Struct, frozen=True):
    """A manifest as it was written, and what neat made of the object."""

    written: Written
    tree: Tree


class Corpus(Struct, frozen=True):
    """All of them, in one cluster."""

    lab: Lab
    server: DryServer
    known: Known
    cases: list[Case]

    def of(self, *ways: str) -> list[Case]:
        """The cases of some ways of writing."""
        return [case for case in self.cases if case.written.way.name in ways]


@pytest.fixture(scope="module")
def corpus(own_lab: Lab, oracle: Oracle) -> Iterator[Corpus]:
    """Every manifest in every way, read back and made neat."""
    definitions = yaml.safe_load_all((AROUND / "definitions.yaml").read_text())
    known = Known(custom=Schemas(definitions).find)
    with DryServer(own_lab) as server:
        written = write_all(own_lab, oracle, server)
        cases = [Case(each, neat(each.live, known).tree) for each in written]
        yield Corpus(own_lab, server, known, cases)


def complaints(cases: Sequence[Case], ask: Callable[[Case], list[str]]) -> str:
    """What an oracle says of each case, where it says anything."""
    answers = in_threads(ask, cases)
    return "\n".join(
        f"{case.written.title}: {complaint}"
        for case, answer in zip(cases, answers, strict=True)
        for complaint in answer
    )


def test_every_stored_kind_is_written(corpus: Corpus) -> None:
    """There are at least three manifests for each kind that the server stores."""
    counts = Counter(case.written.manifest["kind"] for case in corpus.of(POSTED.name))
    assert {kind for kind in corpus.server.stored_kinds() if counts[kind] < 3} == set(UNWRITTEN)


def test_nothing_is_lost(corpus: Corpus) -> None:
    """O1: the server makes of each neat object what it was."""
    found = complaints(
        corpus.cases, lambda case: oracles.lost(corpus.server, case.written.live, case.tree)
    )
    assert not found, found


def test_nothing_is_left(corpus: Corpus) -> None:
    """O2: of what was posted nothing is left that the server would fill in again."""
    posted = corpus.of(POSTED.name)
    found = complaints(posted, lambda case: oracles.left(corpus.server, case.tree))
    assert not found, found


@pytest.mark.parametrize("way", [way.name for way in WAYS])
def test_what_was_written_comes_back(corpus: Corpus, way: str) -> None:
    """O3: the neat object is the manifest, with the defaults that were spelled out where somebody applied them."""
    cases = corpus.of(way)
    found = complaints(
        cases, lambda case: oracles.unlike(case.written.manifest, case.written.live, case.tree)
    )
    assert not found, found


def test_nothing_is_reshaped(corpus: Corpus) -> None:
    """O4: each neat object is a part of the live one."""
    found = complaints(corpus.cases, lambda case: oracles.reshaped(case.written.live, case.tree))
    assert not found, found


def test_neat_is_neat(corpus: Corpus) -> None:
    """O5: what was posted is not changed by a second pass."""

    def again(tree: Tree) -> Tree:
        return neat(tree, corpus.known).tree

    posted = [case for case in corpus.of(POSTED.name) if case.written.file not in PINNED]
    found = complaints(posted, lambda case: oracles.moving(again, case.tree))
    assert not found, found


def test_kubectl_reads_the_same(corpus: Corpus) -> None:
    """O6: kubectl reads our YAML as the object that we wrote."""
    pairs = [(case.tree, to_yaml(case.tree)) for case in corpus.cases]
    found = oracles.misread(corpus.lab.kubectl, pairs)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("way", [POSTED.name, APPLIED.name])
def test_applying_it_changes_nothing(corpus: Corpus, way: str) -> None:
    """O7: `kubectl diff` of the neat objects on their own cluster is empty."""
    found = oracles.changed(corpus.lab.kubectl, [case.tree for case in corpus.of(way)])
    assert not found, "\n".join(found)

"""Random objects that the API server accepts come out of neat with nothing lost, nothing left and nothing changed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from kubectl_fieldkit.yaml_emission import to_yaml
from kubectl_neat.neating import Known, neat
from tests.kubectl_neat import oracles
from tests.kubectl_neat.authoring import in_threads
from tests.kubectl_neat.dry_server import DryServer, Refusal
from tests.kubectl_neat.random_objects import Tree, acceptable_object, random_object
from tests.kubectl_neat.random_objects.recording import EVERY_VERSION, FILE, record, write
from tests.kubectl_neat.random_objects.requiring import is_required
from tests.kubectl_neat.random_objects.shrinking import keep, kept, places, replace, shrink
from tests.kubectl_neat.random_objects.surroundings import prepare
from tests.lab.lab import Lab
from tests.seeds import cases, rng

OBJECTS = 100
MISTYPED: tuple[object, ...] = (None, [], {}, "", "x", 0, True, 1.5, [None], [1], {"a": None})


class Accepted(Struct, frozen=True):
    """What was written, what the server made of it, and what neat made of that."""

    written: Tree
    live: Tree
    tree: Tree


@pytest.fixture(scope="module")
def still_lab(programs: None) -> Iterator[Lab]:
    """A control plane with what random objects name, and nothing that moves."""
    with Lab(apiserver_flags=EVERY_VERSION) as lab:
        prepare(lab.api)
        yield lab


@pytest.fixture(scope="module")
def server(still_lab: Lab) -> Iterator[DryServer]:
    """Its dry runs."""
    with DryServer(still_lab) as dry:
        yield dry


def test_the_schema_is_the_servers(still_lab: Lab) -> None:
    """What the objects are drawn from is what this release serves."""
    assert write(record(still_lab.api)) == FILE.read_text()


def test_random_objects(still_lab: Lab, server: DryServer) -> None:
    """O1, O2, O4 and O5 of each object; O6 of all at once."""
    accepted = [case for case in in_threads(_accept(server), _written()) if case]
    assert len(accepted) >= 0.8 * cases(OBJECTS)
    complaints = in_threads(lambda case: _complaints(server, case), accepted)
    for case, found in zip(accepted, complaints, strict=True):
        if found:
            _fail(server, case.written, found)
    pairs = [(case.tree, to_yaml(case.tree)) for case in accepted]
    assert oracles.misread(still_lab.kubectl, pairs) == []


def test_objects_of_unknown_writers(server: DryServer) -> None:
    """O1, O4 and O5 hold without managedFields too, which kubectl does not show."""
    for written in _written():
        case = _accept(server)(written)
        if case and "runtimeClassName" not in str(written):  # whose tolerations come last
            metadata = case.live["metadata"] | {"managedFields": []}
            live = case.live | {"metadata": metadata}
            tree = _again(case.live, live)
            assert oracles.lost(server, live, tree) == []
            assert oracles.reshaped(live, tree) == []
            assert oracles.moving(lambda tree: _again(tree, live), tree) == []  # noqa: B023


def test_what_no_server_would_take() -> None:
    """An object with values of wrong types is made neat as far as it can be read, and is left as it was itself."""
    random = rng("neat mistyped objects")
    for _ in range(cases(1000)):
        tree = random_object(random)
        paths = list(places(tree)) or [("spec",)]
        for path in random.choices(paths, k=3):
            replace(tree, path, random.choice(MISTYPED))
        before = json.dumps(tree)
        neat(tree, Known())
        assert json.dumps(tree) == before


@pytest.mark.parametrize("case", kept("accepted"), ids=lambda case: case.stem)
def test_what_was_once_wrong(case: Path, server: DryServer) -> None:
    """Objects that were once lost, left or changed are none of it now."""
    accepted = _accept(server)(json.loads(case.read_text()))
    assert accepted
    assert _complaints(server, accepted) == []


def _written() -> list[Tree]:
    random = rng("neat random objects")
    return [acceptable_object(random, f"neat-{at}") for at in range(cases(OBJECTS))]


def _accept(server: DryServer) -> Callable[[Tree], Accepted | None]:
    def accept(written: Tree) -> Accepted | None:
        try:
            live = server.create(written)
        except Refusal:
            return None
        return Accepted(written, live, neat(live, Known()).tree)

    return accept


def _complaints(server: DryServer, case: Accepted) -> list[str]:
    return [
        *oracles.lost(server, case.live, case.tree),
        *oracles.left(server, case.tree, is_required),
        *oracles.reshaped(case.live, case.tree),
        *oracles.moving(lambda tree: _again(tree, case.live), case.tree),
    ]


def _again(tree: Tree, live: Tree) -> Tree:
    """A second pass that knows as much as the first: who asked for an address is told beside the object."""
    evidence = {"managedFields": live["metadata"].get("managedFields")}
    return neat(tree | {"metadata": tree["metadata"] | evidence}, Known()).tree


def _fail(server: DryServer, written: Tree, found: list[str]) -> None:
    """Makes the failure small, keeps it as a case, and says it."""

    def fails(tree: Tree) -> bool:
        case = _accept(server)(tree)
        return case is not None and bool(_complaints(server, case))

    if not fails(written):
        pytest.fail(f"{oracles.title(written)}, once and not again: {found}")
    small = shrink(written, fails)
    pytest.fail(f"{keep(small, 'accepted')}: {found}")

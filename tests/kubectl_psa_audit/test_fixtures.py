"""Upstream's 4,537 fixtures, and each of them inside other kinds: verdict and words."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from kubectl_fieldkit.manifests import read_manifests
from kubectl_psa_audit.defaulting import pod_defaults
from kubectl_psa_audit.evaluate import evaluate, sentence
from kubectl_psa_audit.levels import LevelVersion
from kubectl_psa_audit.pod import PODS
from tests.conftest import lacking_is_a_skip
from tests.kubectl_psa_audit.asking import answer, decoded, question, wrapped
from tests.kubectl_psa_audit.upstream import Fixture, fixtures
from tests.lab.oracle import Oracle

FOLDERS = [f"{level}:v1.{minor}" for level in ("baseline", "restricted") for minor in range(38)]

Folders = dict[str, list[Fixture]]


@pytest.fixture(scope="module")
def folders(programs: None) -> Folders:
    """The fixtures by level and version; whoever can build the lab has them."""
    found: Folders = defaultdict(list)
    with lacking_is_a_skip():
        for fixture in fixtures():
            found[f"{fixture.level}:{fixture.version}"].append(fixture)
    return found


def test_none_is_missing(folders: Folders) -> None:
    """As many as v1.37 has, in the folders that we go through."""
    assert sorted(folders) == sorted(FOLDERS)
    assert sum(map(len, folders.values())) == 4_537


@pytest.mark.parametrize("kind", ["Pod", "Deployment", "CronJob"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_verdict_and_words(folders: Folders, folder: str, kind: str) -> None:
    """What must pass has no violation; what must fail has the expected words."""
    for fixture in folders[folder]:
        metadata, spec = decoded(wrapped(kind, fixture.pod))
        text = sentence(evaluate(metadata, spec, LevelVersion.parse(folder)))
        assert _is_expected(fixture, text), (fixture.name, text)


@pytest.mark.parametrize("folder", FOLDERS)
def test_verdict_and_words_in_a_list(folders: Folders, folder: str, tmp_path: Path) -> None:
    """A List, read as `-f` reads it, holds every pod in its order."""
    items = [fixture.pod for fixture in folders[folder]]
    file = tmp_path / "list.json"
    file.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": items}))
    pods = [manifest.decode(PODS) for manifest in read_manifests([str(file)])]
    for fixture, pod in zip(folders[folder], pods, strict=True):
        found = evaluate(pod.metadata, pod_defaults(pod.spec), LevelVersion.parse(folder))
        assert _is_expected(fixture, sentence(found)), fixture.name


def _is_expected(fixture: Fixture, text: str) -> bool:
    return fixture.words in text if fixture.words else not text


@pytest.mark.parametrize("kind", ["Pod", "Deployment", "CronJob"])
def test_upstream_says_the_same(folders: Folders, oracle: Oracle, kind: str) -> None:
    """Every sentence of all fixtures is upstream's, to the letter."""
    things = [
        (LevelVersion.parse(folder), wrapped(kind, fixture.pod))
        for folder, of_folder in folders.items()
        for fixture in of_folder
    ]
    answers = oracle.ask("psa", (question(at, thing) for at, thing in things))
    for (at, thing), theirs in zip(things, answers, strict=True):
        assert answer(at, *decoded(thing)) == theirs, (str(at), thing)

"""What the predecessor, kubectl-neat, gets wrong: one case for each row of the table in the notes."""

from pathlib import Path

import pytest
import yaml

from kubectl_neat.crds import Schemas
from kubectl_neat.documents import items, parse
from kubectl_neat.neating import Known, neat
from kubectl_neat.patterns import Pattern
from tests.kubectl_neat.oracles import Tree, differences, reshaped

FOLDER = Path(__file__).parent / "faults"
CASES = sorted(path.parent.name for path in FOLDER.glob("*/neat.yaml"))

# Nothing but managedFields tells the account's imagePullSecrets from the pod's own.
UNKNOWABLE = {"what-admission-adds"}


@pytest.fixture(scope="module")
def known() -> Known:
    """The definitions of the custom resources among the cases."""
    definitions = yaml.safe_load_all((FOLDER / "definitions.yaml").read_text())
    return Known(custom=Schemas(definitions).find)


def objects(name: str) -> list[tuple[Tree, Tree]]:
    """The manifests of a case, each with the live object."""
    manifests = list(yaml.safe_load_all((FOLDER / name / "neat.yaml").read_text()))
    live = items(yaml.safe_load((FOLDER / name / "live.yaml").read_text()))
    return list(zip(manifests, (item.tree for item in live), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_what_was_written_comes_back(name: str, known: Known) -> None:
    """Each object, as `kubectl get --show-managed-fields` shows it, becomes the manifest that was written."""
    for manifest, live in objects(name):
        tree = neat(live, known).tree
        assert list(differences(manifest, tree)) == []
        assert reshaped(live, tree) == []


@pytest.mark.parametrize("name", [name for name in CASES if name not in UNKNOWABLE])
def test_it_comes_back_without_managed_fields(name: str, known: Known) -> None:
    """The same as `kubectl get` shows it by default."""
    for manifest, live in objects(name):
        live["metadata"].pop("managedFields", None)
        assert list(differences(manifest, neat(live, known).tree)) == []


def test_a_path_that_a_user_names_goes_too() -> None:
    """`--drop` is the predecessor's wish list (#71, #74): for one path, in every object."""
    live = yaml.safe_load((FOLDER / "marks-of-others" / "live.yaml").read_text())
    known = Known(drop=(Pattern.parse("metadata.annotations['example.com/own']"),))
    assert not neat(live, known).tree["metadata"].get("annotations")


def test_many_documents_and_lists_lose_none() -> None:
    """The predecessor drops every document but the first without a word (#49, #109)."""
    files = sorted(FOLDER.glob("*/live.yaml"))
    stream = "---\n".join(file.read_text() for file in files)
    text = parse("stream", stream.encode())
    names = [
        item.tree["metadata"]["name"] for document in text.documents for item in items(document)
    ]
    manifests = [yaml.safe_load_all((file.parent / "neat.yaml").read_text()) for file in files]
    assert names == [tree["metadata"]["name"] for group in manifests for tree in group]

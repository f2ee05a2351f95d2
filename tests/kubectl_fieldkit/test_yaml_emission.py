"""Plain data as YAML: how it looks, and that the readers in Python give it back."""

import json
from enum import StrEnum
from pathlib import Path

import pytest
import yaml as pyyaml

from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.output import yaml
from kubectl_fieldkit.yaml_emission import to_yaml, write_yaml
from tests.kubectl_fieldkit.yaml_strings.readers import exact, libraries, misread

CASES = Path(__file__).parent / "yaml_strings"
READERS = libraries()


def _cases(name: str) -> list[object]:
    return [json.loads(line) for line in (CASES / name).read_text().splitlines()]


def test_strings_look_as_reviewed() -> None:
    """Plain where no reader is misled, in kubectl's quotes elsewhere, a block for lines of text."""
    assert to_yaml(_cases("strings.jsonl")) == (CASES / "strings.yaml").read_text()


def test_trees_look_as_reviewed() -> None:
    """Lists at their parent's column, keys in their order, `---` between documents."""
    assert write_yaml(_cases("trees.jsonl")) == (CASES / "trees.yaml").read_text()


@pytest.mark.parametrize("reader", READERS)
def test_strings_come_back(reader: str) -> None:
    """As items, as values and as keys."""
    strings = _cases("strings.jsonl")
    assert misread(strings, READERS[reader]) == []
    assert misread([{"a": text, "b": 1} for text in strings], READERS[reader]) == []
    assert misread([{text: text, "b": {text: [text]}} for text in strings], READERS[reader]) == []


@pytest.mark.parametrize("reader", READERS)
def test_trees_come_back(reader: str) -> None:
    """The case file's structures and numbers, below an object and as documents of their own."""
    trees = _cases("trees.jsonl")
    assert misread(trees, READERS[reader]) == []
    assert [exact(READERS[reader](to_yaml(tree))) for tree in trees] == [*map(exact, trees)]


@pytest.mark.parametrize("reader", READERS)
def test_a_string_can_be_the_document(reader: str) -> None:
    """At the first column `---` and `...` would end it."""
    strings = _cases("strings.jsonl")
    assert [READERS[reader](to_yaml(text)) for text in strings] == strings


def test_the_order_of_keys_is_kept() -> None:
    """The readers of Python keep it, so they can tell."""
    trees = _cases("trees.jsonl")
    read = list(pyyaml.load_all(write_yaml(trees), pyyaml.CSafeLoader))
    assert json.dumps(read) == json.dumps(trees)


@pytest.mark.parametrize("length", [128, 990, 998, 999, 1000, 1022, 1023, 1024, 1025, 5000])
@pytest.mark.parametrize("character", ["k", "日", "'", "\n", "\U000e0001"])
def test_a_long_key_comes_back(character: str, length: int) -> None:
    """A reader seeks a key's colon for 1,024 characters, escapes counted."""
    key = character * length
    trees = [{key: value, "z": 1} for value in ("x", {"a": 1}, ["a", {"b": 1}], "a\nb\n", [], None)]
    assert [name for name, read in READERS.items() if misread(trees, read)] == []


def test_what_is_not_finite_comes_back() -> None:
    """JSON has no such numbers, YAML has."""
    text = to_yaml([float("inf"), float("-inf"), float("nan")])
    assert text == "- .inf\n- -.inf\n- .nan\n"


@pytest.mark.parametrize("document", [["\ud800"], {"a": "x" * 5000 + "\udfff\ny"}, {"\udc00": 1}])
def test_half_a_character_is_an_error(document: object) -> None:
    """No reader could give it back; the words are short and can be printed."""
    with pytest.raises(FieldkitError, match="half of a surrogate pair") as caught:
        to_yaml(document)
    assert len(str(caught.value).encode()) < 200


def test_too_deep_is_an_error() -> None:
    """Not a traceback; 300 levels are fine."""
    deep: list[object] = []
    for _ in range(300):
        deep = [deep]
    assert exact(pyyaml.load(to_yaml(deep), pyyaml.CSafeLoader)) == exact(deep)
    for _ in range(20_000):
        deep = [deep]
    with pytest.raises(FieldkitError, match="too deeply"):
        to_yaml(deep)


def test_another_type_is_an_error() -> None:
    """A date would be read as a string by some and as a date by others."""
    with pytest.raises(TypeError, match="set has no form in YAML"):
        to_yaml({"a": {1, 2}})


def test_a_subclass_of_str_is_its_string() -> None:
    """An enum's member is what it says."""

    class Answer(StrEnum):
        YES = "yes"
        LINES = "a\nb"

    assert to_yaml([Answer.YES, Answer.LINES]) == '- "yes"\n- |-\n  a\n  b\n'


def test_every_document_is_written_by_the_same_rules() -> None:
    """`-o yaml` of any plugin; a key that is a number is a string, as in JSON."""
    assert yaml({"image": "47704e5", 1: ("yes", "é")}) == 'image: "47704e5"\n"1":\n- "yes"\n- é\n'

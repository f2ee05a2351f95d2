"""Random strings and trees as YAML, read back by the real kubectl and by every library."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from random import Random

import pytest

from kubectl_fieldkit.yaml_emission import to_yaml, write_yaml
from tests.kubectl_fieldkit.yaml_strings.readers import exact, kubectl, libraries, manifest, misread
from tests.seeds import cases, rng

CASES = Path(__file__).parent / "yaml_strings"
READERS = {"kubectl": lambda text: kubectl(text)[0], **libraries()}
PARTS = [
    *" \n\n \t\t-?:,[]{}#&*!|>'\"%@`~=<+._0123456789eExXoOyYnNaT\\/",
    *"\r\x00\x07\x1b\x7f\x85\xa0\u2028\u2029\ufeff\u200b\ud7ff\ue000\ufffd\uffffé😀\U000e0001日",
    *("---", "...", ": ", " #", "- ", "yes", "null", "true", "0x", ".inf", "<<"),
    *("\n---\n", "\n  ", "\n\t", "\n\n"),
]
NUMERIC = "+-.:_,0189eExXobtTZf "
NUMBERS = [None, True, False, 0, -1, 2**53 + 1, 2**63 - 1, 1.5, 1e6, 1e16, 1e-7, 1e300]


def _string(random: Random) -> str:
    length = random.choice([0, 1, 1, 2, 2, 3, 3, 4, 5, 8, 20])
    return "".join(random.choices(PARTS, k=length))


def _tree(random: Random, depth: int) -> object:
    kind = random.random()
    if depth and kind < 0.3:
        return {_string(random): _tree(random, depth - 1) for _ in range(random.randrange(4))}
    if depth and kind < 0.6:
        return [_tree(random, depth - 1) for _ in range(random.randrange(4))]
    return _string(random) if kind < 0.9 else random.choice(NUMBERS)


@pytest.mark.parametrize("reader", READERS)
def test_random_strings_come_back(reader: str, programs: None) -> None:
    """Built of what YAML gives a meaning to; as items, as values and as keys."""
    random = rng("yaml strings")
    for _ in range(cases(10)):
        strings = [_string(random) for _ in range(200)]
        assert misread(strings, READERS[reader]) == []
        assert misread([{text: text, "b": 1} for text in strings], READERS[reader]) == []


@pytest.mark.parametrize("reader", READERS)
def test_random_trees_come_back(reader: str, programs: None) -> None:
    """Maps in lists in maps, five deep, empty ones too."""
    random = rng("yaml trees")
    for _ in range(cases(10)):
        trees = [_tree(random, 5) for _ in range(40)]
        assert misread(trees, READERS[reader]) == []


@pytest.mark.parametrize(("reader", "most"), [("kubectl", 4), ("libyaml", 4), ("ruamel.yaml", 3)])
def test_all_that_looks_like_a_number_comes_back(reader: str, most: int, programs: None) -> None:
    """Every string of up to so many signs, digits and letters of numbers and dates."""
    strings = [
        "".join(signs) for size in range(1, most + 1) for signs in product(NUMERIC, repeat=size)
    ]
    assert misread(strings, READERS[reader]) == []


@pytest.mark.parametrize("reader", READERS)
def test_all_pairs_of_characters_come_back(reader: str, programs: None) -> None:
    """Every string of two characters of Latin-1, but for letters beyond the first few."""
    characters = [c for c in map(chr, range(0x100)) if not c.isalpha() or c in "aenoxyzEé"]
    strings = ["".join(pair) for pair in product(characters, repeat=2)]
    assert misread(strings, READERS[reader]) == []


@pytest.mark.parametrize("name", ["strings.jsonl", "trees.jsonl"])
@pytest.mark.parametrize("place", [lambda v: v, lambda v: {"a": v, "b": 1}], ids=["item", "value"])
def test_the_case_files_come_back_from_kubectl(
    name: str, place: Callable[[object], object], programs: None
) -> None:
    """What the libraries are asked offline, kubectl is asked too."""
    values = [place(json.loads(line)) for line in (CASES / name).read_text().splitlines()]
    assert misread(values, READERS["kubectl"]) == []


def test_kubectl_reads_as_many_documents_as_were_written(programs: None) -> None:
    """A `---` inside a string ends none."""
    specs = ["a\n---\nb\n", "---", "---\n", "\n---\n", "...\n", {"---": "a\n\n\n"}, ["b\n\n"], "x"]
    read = kubectl(write_yaml(map(manifest, specs)))
    assert exact([one["spec"] for one in read]) == exact(specs)


@pytest.mark.parametrize("number", [2**63, 2**64 - 1, 2**64, 10**30, 1e-9, 5e-324, 1e22, -0.0])
def test_a_number_that_no_int64_holds_is_the_number_json_says(
    number: float, programs: None
) -> None:
    """kubectl makes a float of it, whether it comes as YAML or as JSON."""
    said = kubectl(json.dumps(manifest(number)))
    assert kubectl(to_yaml(manifest(number))) == said
    assert float(said[0]["spec"]) == float(number)

"""YAML and JSON as kubectl reads them, with the lab's kubectl as the judge."""

import json
import random
from pathlib import Path

import pytest

from kubectl_fieldkit.kubeconfig.decoding import parse
from tests.lab.lab import Lab

ODD = """1:30 190:20:30 2001-01-01 2001-12-14t21:59:43.10-05:00 2001-12-14 y n Y N yes no on off On OFF
true True TRUE tRue null Null ~ 0o17 010 09 0x1F -0x1F 0b11 -0b11 +0b1 1_000 1__0 _1 0x_f 0o8 1e3 1E5 47704e5
12e03 -1e3 +.5 .5 5. 1. . .. .e1 +1 -1 +- 1e 1e+ 1e999 -1e999 .inf -.inf2 .INFx .nanx = <<x 0 00 -0 +0 0.0
18446744073709551615 18446744073709551616 -9223372036854775809 1٣ é 1.2.3 1-2 !x@ !!str"""
ALPHABET = "0123456789abcdefxo_.+-eEyYnN~:"


def _scalars() -> list[str]:
    made = random.Random(1)
    random_ones = ["".join(made.choices(ALPHABET, k=made.randint(1, 6))) for _ in range(600)]
    return [word for word in (*ODD.split(), *random_ones) if _is_plain(word)]


def _is_plain(word: str) -> bool:
    """Whether it can stand unquoted and JSON can say its value."""
    starts = word[0] not in "-:!~" or (len(word) > 1 and word[0] == "-" and word[1] not in " :-")
    return starts and not word.endswith(":") and ".inf" not in word.lower()


def _document(scalars: list[str]) -> str:
    items = "".join(f"  - {scalar}\n" for scalar in scalars)
    return f"extensions:\n- name: x\n  extension:\n    list:\n{items.replace('  -', '    -')}"


def _as_json(value: object) -> object:
    """Numbers as JSON compares them: 1.0 is 1, and a bool is neither."""
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    if isinstance(value, dict):
        return {key: _as_json(item) for key, item in value.items()}
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return ("number", float(value)) if is_number else value  # type: ignore[arg-type]


def _extension(document: object) -> object:
    assert isinstance(document, dict)
    return _as_json(document["extensions"][0]["extension"])


def test_plain_scalars_mean_what_they_mean_to_kubectl(lab: Lab, tmp_path: Path) -> None:
    """Each of 600 odd and random scalars has the type and the value that kubectl gives it."""
    text = _document(_scalars())
    (tmp_path / "config").write_text(text)
    said = lab.kubectl("config", "view", "--raw", "-o=json", f"--kubeconfig={tmp_path}/config")
    assert _extension(parse(text.encode())) == _extension(json.loads(said.stdout))


@pytest.mark.parametrize(
    "text",
    [
        "extension: {a: &x {p: 1, q: 2}, b: {<<: *x, q: 3}, c: {q: 3, <<: *x}}",
        "extension: {a: &x {p: 1}, b: &y {p: 2, r: 1}, c: {<<: [*x, *y]}}",
        "extension: {1: a, true: b, 1.5: c, no: d, 010: e}",
        'extension: {"<<": {a: 1}, a: [!!str 5, "5", \'5\', !!int "5"]}',
        "extension: {a: 1, a: 2}",
        "extension:\n    a: |\n      x\n      y\n    b: >-\n      x\n      y\n    c:",
        "extension: {a: &x [1], b: *x, c: [*x, *x]}",
    ],
)
def test_structure_means_what_it_means_to_kubectl(text: str, lab: Lab, tmp_path: Path) -> None:
    """Merge keys, aliases, tags and keys that are no strings."""
    text = f"extensions:\n- name: x\n  {text}\n"
    (tmp_path / "config").write_text(text)
    said = lab.kubectl("config", "view", "--raw", "-o=json", f"--kubeconfig={tmp_path}/config")
    assert _extension(parse(text.encode())) == _extension(json.loads(said.stdout))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a: [", "yaml: line 1: did not find expected node content"),
        (b"a:\n\tb: 1\n", "yaml: line 2: found character that cannot start any token"),
        (b"a: b\n c: d\n", "yaml: line 2: mapping values are not allowed in this context"),
        (b'a: "x\n', "yaml: line 2: found unexpected end of stream"),
        (b"a: *b\n", "yaml: unknown anchor 'b' referenced"),
        (b"a: \xff\n", "yaml: invalid leading UTF-8 octet"),
        (b"a: \x01\n", "yaml: control characters are not allowed"),
        (
            b"a: {<<: 5}\n",
            "yaml: map merge requires map or sequence of maps as the value",
        ),
    ],
)
def test_broken_text_is_refused_in_kubectls_words(
    data: bytes, reason: str, lab: Lab, tmp_path: Path
) -> None:
    """The same line, the same words."""
    config = tmp_path / "config"
    config.write_bytes(data)
    said = lab.kubectl("config", "view", f"--kubeconfig={config}", check=False)
    with pytest.raises(ValueError) as caught:
        parse(data)
    assert str(caught.value) == reason
    assert said.stderr == f'error: error loading config file "{config}": {reason}\n'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a: &a [*a]\n", "yaml: unknown anchor 'a' referenced"),
        (b"? [a]\n: b\n", "yaml: a key must be text"),
    ],
)
def test_what_go_says_in_go_is_said_plainly(data: bytes, reason: str) -> None:
    """Where the Go library prints its own types, the words are ours."""
    with pytest.raises(ValueError) as caught:
        parse(data)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    "brackets", ["[*{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}]", "{{<<: [*{0}, *{0}]}}"]
)
def test_a_billion_laughs_end_at_once(brackets: str) -> None:
    """Aliases of aliases are counted as if they were unfolded."""
    lines = ["a0: &a0 {x: 1}" if "<<" in brackets else "a0: &a0 [1]"]
    lines += [f"a{n}: &a{n} {brackets.format(f'a{n - 1}')}" for n in range(1, 30)]
    with pytest.raises(ValueError) as caught:
        parse("\n".join(lines).encode())
    assert str(caught.value) == "yaml: document contains excessive aliasing"


def test_json_is_read_as_such() -> None:
    """JSON needs no YAML, and is not held to YAML's rules."""
    assert parse(b'{"a":\t"yes", "b": [null, 1]}') == {"a": "yes", "b": [None, 1]}

"""The reader by lines says what the YAML parser says, or leaves the text to it."""

import subprocess
from pathlib import Path
from random import Random

import pytest

from kubectl_fieldkit.plain_yaml import Unclear, read_plain
from kubectl_fieldkit.yaml_document import parse_documents
from tests.kubectl_fieldkit.kubeconfig.random_kubeconfigs import random_kubeconfig
from tests.lab.programs import program
from tests.seeds import cases, rng

KEYS = ("a", "b-c", "d.e/f", "name", "y", "null", "on", "-k", "1", "long" * 40)
VALUES = (
    *(
        "x",
        "12",
        "0o17",
        "1e3",
        "yes",
        "~",
        "",
        "-1",
        "--flag",
        "-n",
        "a b  c",
        "a:b",
        "a :b",
        "x:",
    ),
    *(
        '"q # q"',
        "'s: s'",
        "''",
        '""',
        '"a\\n"',
        "'it''s'",
        "[]",
        "{}",
        "[1]",
        "{a: 1}",
        "| ",
        "&a x",
    ),
    *(
        "a # b",
        "a#b",
        "# c",
        "*a",
        "!!str 1",
        "https://1.2.3.4:6443",
        "C:\\x",
        "日本",
        "a\tb",
        "2026-01-01",
    ),
    *(
        "...",
        "---",
        "? a",
        "- x",
        "- k: v",
        "=",
        "<<",
        "%x",
        "@x",
        "`x",
        "a, b",
        "\N{NO-BREAK SPACE}",
    ),
)


def _line(random: Random) -> str:
    """A line as files have them, or nearly."""
    indent = " " * random.choice((0, 0, 0, 0, 2, 2, 4, 1))
    dash = random.choice(("", "", "", "- ", "- ", "-  "))
    value = random.choice(VALUES if random.random() < 0.4 else VALUES[:12])
    if random.random() < 0.15:
        return f"{indent}{dash}{value}\n"
    key = random.choice(KEYS if random.random() < 0.2 else KEYS[:4])
    gap = random.choice((" ", " ", " ", " ", "  ")) if value else random.choice(("", "", " "))
    return f"{indent}{dash}{key}:{gap}{value}\n"


def _tree(random: Random, depth: int, column: int) -> str:
    """Lines that belong together, most of the time."""
    lines = ""
    for _ in range(random.randint(1, 3)):
        key, pad = random.choice(KEYS[:4]), " " * column
        kind = random.random()
        if depth and kind < 0.35:
            lines += f"{pad}{key}:\n" + _tree(
                random, depth - 1, column + random.choice((2, 2, 2, 1))
            )
        elif depth and kind < 0.7:
            at = column + random.choice((0, 0, 2))
            inner = _tree(random, depth - 1, at + 2)
            lines += f"{pad}{key}:\n" + " " * at + "- " + inner[at + 2 :]
        else:
            lines += f"{pad}{key}: {random.choice(VALUES[:12])}\n"
    return lines


def _agrees(text: str) -> bool:
    """Whether it was understood, which must then be what the parser says."""
    try:
        said = read_plain(text)
    except Unclear:
        return False
    assert repr(said) == repr(_parsed(text)), text  # repr: not a number is itself
    return True


def _parsed(text: str) -> object:
    """What the YAML parser says."""
    return next(parse_documents(text.encode()), None)


def test_random_kubeconfigs_read_the_same() -> None:
    """In every style that people's files have."""
    random = rng("plain kubeconfigs")
    texts = [random_kubeconfig(random)[0].decode() for _ in range(cases(1000))]
    assert sum(map(_agrees, texts)) > cases(100)


def test_random_lines_read_the_same() -> None:
    """Whatever stands below whatever, errors of the parser's too."""
    random = rng("plain lines")
    texts = [
        "".join(_line(random) for _ in range(random.randint(1, 4))) for _ in range(cases(6000))
    ]
    assert sum(map(_agrees, texts)) > cases(300)


def test_random_trees_read_the_same() -> None:
    """Nested as deep as kubeconfigs are, whole or with a line that was moved or lost."""
    random = rng("plain trees")
    understood = 0
    for _ in range(cases(2000)):
        lines = _tree(random, 3, 0).splitlines(keepends=True)
        understood += _agrees("".join(lines))
        at = random.randrange(len(lines))
        lines[at] = random.choice(("", " " + lines[at], lines[at][1:], "  # said\n", _line(random)))
        understood += _agrees("".join(lines))
    assert understood > cases(1000)


def test_what_kubectl_writes_is_plain(programs: None, tmp_path: Path) -> None:
    """A file that kubectl made needs no YAML parser, an exec plugin's flags included."""
    file = tmp_path / "config"
    kubectl = [str(program("kubectl")), "--kubeconfig", str(file), "config"]
    for args in (
        ("set-cluster", "arn:aws:eks:eu-west-1:1:cluster/c", "--server=https://c.example:6443"),
        (
            *("set-credentials", "u", "--exec-command=aws", "--exec-env=A=b"),
            *(
                "--exec-api-version=client.authentication.k8s.io/v1",
                "--exec-arg=--region,eu-west-1",
            ),
        ),
        ("set-context", "one", "--cluster=arn:aws:eks:eu-west-1:1:cluster/c", "--user=u"),
        ("use-context", "one"),
    ):
        subprocess.run([*kubectl, *args], check=True, capture_output=True)
    assert read_plain(file.read_text()) == _parsed(file.read_text())


@pytest.mark.parametrize(
    "text",
    [
        "a: 1",
        "",
        "# nothing\n",
        "- a\n",
        "a: 1\r\n",
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a: 1\n- b\n",
        "a:\n    b: 1\n  c: 2\n",
        "a: |\n  text\n",
        "a: &x 1\nb: *x\n",
        "---\na: 1\n",
        "a: 1\n---\nb: 2\n",
        "yes: 1\n",
    ],
)
def test_the_rest_is_left_to_the_parser(text: str) -> None:
    """What is over several lines, marked, broken, or no mapping."""
    with pytest.raises(Unclear):
        read_plain(text)

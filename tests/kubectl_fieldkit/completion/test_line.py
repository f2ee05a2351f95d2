"""The words up to the cursor → what is asked for there."""

from typing import Any

import pytest
from msgspec import Struct

from kubectl_fieldkit.completion.line import find_cursor
from kubectl_fieldkit.completion.offers import offer
from kubectl_fieldkit.completion.patience import begin
from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.verbs import Command, Verbs


class Nothing(Struct, frozen=True):
    """A request that nobody makes: completing runs none."""

    def run(self) -> int:
        """Never called."""
        raise AssertionError


def _never(_: dict[str, Any]) -> Nothing:
    raise AssertionError("completing makes no request")


FLAGS = (
    Flag("-o --output", "Format.", "FORMAT", choices=("json", "yaml")),
    Flag("--context", "Context.", "NAME", completes="contexts"),
    Flag("-n --namespace", "Namespace.", "NS"),
    Flag("-f --filename", "Files.", "FILE|DIR|-", many=True),
    Flag("--into", "Folder.", "DIR"),
    Flag("--force", "Force."),
)
COLOURS = ("red", "green", "lint")
VERBS: Verbs = {
    "": lambda: Command(_never, FLAGS, "Colours.\nMore.", "", "[C]...", "...", COLOURS),
    "lint": lambda: Command(_never, FLAGS[:1], "Find faults.\n", "", "[C]", "", COLOURS),
}
LONG = ["--output", "--context", "--namespace", "--filename", "--into", "--force", "--help"]


def _offered(line: str) -> tuple[list[str], int]:
    """The choices for a line, whose last word, which may be empty, has the cursor."""
    found, directive = offer(find_cursor(VERBS, line.split(" ")), VERBS, {}, begin())
    return [choice.text for choice in found], directive


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("", ["red", "green", "lint"]),
        ("l", ["lint"]),
        ("red ", ["green", "lint"]),
        ("lint ", ["red", "green", "lint"]),
        ("lint red ", []),
        ("-o json lint g", ["green"]),
        ("-n lint ", ["red", "green", "lint"]),
        ("-- l", ["lint"]),
        ("-- red -", []),
        ("-o ", ["json", "yaml"]),
        ("--output y", ["yaml"]),
        ("--output=", ["json", "yaml"]),
        ("-o=j", ["json"]),
        ("lint -o j", ["json"]),
        ("-n ", []),
        ("-n x r", ["red"]),
        ("-nx r", ["red"]),
        ("--force=", []),
        ("--nope=", []),
        ("--", [*LONG, "--version"]),
        ("--f", ["--filename", "--force"]),
        ("--force --f", ["--filename"]),
        ("--filename x --f", ["--filename", "--force"]),
        ("lint --", ["--output", "--help"]),
        ("lint -", ["-o", "--output", "-h", "--help"]),
    ],
)
def test_what_is_offered(line: str, choices: list[str]) -> None:
    """Words, verbs where one may stand, flags that are not given yet, and the values of flags."""
    assert _offered(line) == (choices, 4)


@pytest.mark.parametrize(
    ("line", "directive"),
    [("-f ", 0), ("--filename=x", 0), ("red -f a -f ", 0), ("--into ", 16), ("--into=", 16)],
)
def test_files_are_the_shells(line: str, directive: int) -> None:
    """Where a file is meant the shell completes, where a folder is meant it leaves files out."""
    assert _offered(line) == ([], directive)


@pytest.mark.parametrize("line", ["--nope ", "-x ", "lint --force "])
def test_a_wrong_line_goes_nowhere(line: str) -> None:
    """Nobody knows which cluster, say, a wrong command line means."""
    with pytest.raises(UsageError):
        find_cursor(VERBS, line.split(" "))


def test_help_stands_beside_verbs_and_flags() -> None:
    """A verb's first line, a flag's sentence; names of clusters are told without."""
    found, _ = offer(find_cursor(VERBS, ["--o"]), VERBS, {}, begin())
    assert [(each.text, each.help) for each in found] == [("--output", "Format.")]
    verbs: Verbs = {**VERBS, "tint": VERBS["lint"]}
    found, _ = offer(find_cursor(verbs, ["t"]), verbs, {}, begin())
    assert [(each.text, each.help) for each in found] == [("tint", "Find faults")]

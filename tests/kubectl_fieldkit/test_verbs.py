"""argv → request: verbs, flags before and after them, and the words of a wrong command line."""

from typing import Any

import click
import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.verbs import Help, command, parse


def _verb(name: str) -> click.Command:
    params: list[click.Parameter] = [
        click.Argument(["words"], nargs=-1),
        click.Option(["-o", "--output"]),
        click.Option(["--context"]),
        click.Option(["-f", "--force"], is_flag=True),
    ]

    def build(values: dict[str, Any]) -> tuple[object, ...]:
        return name, values["words"], values["output"], values["context"], values["force"]

    return command(build, params, f"The {name} verb.", "  kubectl plug x")


VERBS = {"": _verb("show"), "lint": _verb("lint")}


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ("", ("show", (), None, None, False)),
        ("a b", ("show", ("a", "b"), None, None, False)),
        ("lint", ("lint", (), None, None, False)),
        ("lint a", ("lint", ("a",), None, None, False)),
        ("-f lint a -o json", ("lint", ("a",), "json", None, True)),
        ("a lint", ("show", ("a", "lint"), None, None, False)),
        ("--context lint lint", ("lint", (), None, "lint", False)),
        ("--context=lint lint", ("lint", (), None, "lint", False)),
        ("--context lint", ("show", (), None, "lint", False)),
        ("-o=json a", ("show", ("a",), "json", None, False)),
        ("-ojson a", ("show", ("a",), "json", None, False)),
        ("a -f -o yaml b", ("show", ("a", "b"), "yaml", None, True)),
        ("-- lint", ("show", ("lint",), None, None, False)),
        ("node/lint", ("show", ("node/lint",), None, None, False)),
        ("lint -- --context", ("lint", ("--context",), None, None, False)),
    ],
)
def test_argv_becomes_a_request(argv: str, request_: tuple[object, ...]) -> None:
    """The first word that is no flag may be a verb; a flag's value and a word behind -- never are."""
    assert parse("plug", VERBS, argv.split()) == request_


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        ("--nope", """unknown flag: --nope (see "kubectl plug --help")"""),
        ("lint --nope", """unknown flag: --nope (see "kubectl plug lint --help")"""),
        ("-o", """option '-o' requires an argument (see "kubectl plug --help")"""),
    ],
)
def test_a_wrong_command_line_says_what_to_read(argv: str, error: str) -> None:
    """A usage error names the flag and the help of the very verb."""
    with pytest.raises(UsageError) as caught:
        parse("plug", VERBS, argv.split())
    assert str(caught.value) == error
    assert caught.value.exit_code == 2


def test_help_names_kubectl_the_examples_and_the_verbs() -> None:
    """--help anywhere before -- is the answer, with usage as one types it."""
    answer = parse("plug", VERBS, ["a", "--help"])
    assert isinstance(answer, Help)
    assert answer.text.startswith("Usage: kubectl plug [OPTIONS] [WORDS]...\n\n  The show verb.\n")
    assert "Examples:\n    kubectl plug x\n" in answer.text
    assert answer.text.endswith("More verbs:\n  kubectl plug lint --help\n")
    assert parse("plug", VERBS, ["--", "--help"]) == ("show", ("--help",), None, None, False)

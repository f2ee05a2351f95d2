"""argv → request: verbs, flags before and after them, and the words of a wrong command line."""

from typing import Any

import pytest
from msgspec import Struct

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.flags import Flag
from kubectl_fieldkit.verbs import Command, Help, Verbs, parse


class Asked(Struct, frozen=True):
    """A request that does nothing but tell what it was made of."""

    verb: str
    words: tuple[str, ...] = ()
    output: str | None = None
    context: str | None = None
    force: bool = False
    labels: tuple[str, ...] = ()

    def run(self) -> int:
        """Nothing."""
        return 0


FLAGS = (
    Flag("-o --output", "Format.", "FORMAT", choices=("json", "yaml")),
    Flag("--context", "Context.", "NAME"),
    Flag("-f --force", "Force."),
    Flag("--label", "Labels.", "LABEL", many=True),
)


def _verb(name: str) -> Command:
    def build(values: dict[str, Any]) -> Asked:
        words, output, context = values["words"], values["output"], values["context"]
        return Asked(name, words, output, context, values["force"], values["label"])

    return Command(build, FLAGS, f"The {name} verb.", "  kubectl plug x", "[WORD]...")


VERBS: Verbs = {"": lambda: _verb("show"), "lint": lambda: _verb("lint")}


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ("", Asked("show", (), None, None, False)),
        ("a b", Asked("show", ("a", "b"), None, None, False)),
        ("lint", Asked("lint", (), None, None, False)),
        ("lint a", Asked("lint", ("a",), None, None, False)),
        ("-f lint a -o json", Asked("lint", ("a",), "json", None, True)),
        ("a lint", Asked("show", ("a", "lint"), None, None, False)),
        ("--context lint lint", Asked("lint", (), None, "lint", False)),
        ("--context=lint lint", Asked("lint", (), None, "lint", False)),
        ("--context lint", Asked("show", (), None, "lint", False)),
        ("-o=json a", Asked("show", ("a",), "json", None, False)),
        ("-ojson a", Asked("show", ("a",), "json", None, False)),
        ("a -f -o yaml b", Asked("show", ("a", "b"), "yaml", None, True)),
        ("-fo json", Asked("show", (), "json", None, True)),
        ("-fojson -", Asked("show", ("-",), "json", None, True)),
        ("--force=false -f=true", Asked("show", (), None, None, True)),
        ("--context= x", Asked("show", ("x",), None, "", False)),
        ("--context -- x", Asked("show", ("x",), None, "--", False)),
        ("--label a --label=b", Asked("show", labels=("a", "b"))),
        ("-- lint", Asked("show", ("lint",), None, None, False)),
        ("node/lint", Asked("show", ("node/lint",), None, None, False)),
        ("lint -- --context", Asked("lint", ("--context",), None, None, False)),
    ],
)
def test_argv_becomes_a_request(argv: str, request_: Asked) -> None:
    """The first word that is no flag may be a verb; a flag's value and a word behind -- never are."""
    assert parse("plug", VERBS, argv.split()) == request_


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        ("--nope", 'unknown flag: --nope (see "kubectl plug --help")'),
        ("lint --nope=1", 'unknown flag: --nope (see "kubectl plug lint --help")'),
        ("-fx", """unknown shorthand flag: 'x' in -fx (see "kubectl plug --help")"""),
        ("-fo", """flag needs an argument: 'o' in -fo (see "kubectl plug --help")"""),
        ("--context", 'flag needs an argument: --context (see "kubectl plug --help")'),
        (
            "-o xml",
            'invalid argument "xml" for "-o, --output" flag: must be one of json, yaml '
            '(see "kubectl plug --help")',
        ),
        (
            "--force=maybe",
            'invalid argument "maybe" for "-f, --force" flag: must be true or false '
            '(see "kubectl plug --help")',
        ),
    ],
)
def test_a_wrong_command_line_says_what_to_read(argv: str, error: str) -> None:
    """A usage error names the flag and the help of the very verb."""
    with pytest.raises(UsageError) as caught:
        parse("plug", VERBS, argv.split())
    assert str(caught.value) == error
    assert caught.value.exit_code == 2


HELP = """\
The show verb.

Examples:
  kubectl plug x

Flags:
  -o, --output FORMAT             Format.
      --context NAME              Context.
  -f, --force                     Force.
      --label LABEL               Labels.

Usage:
  kubectl plug [flags] [WORD]...

More verbs:
  kubectl plug lint --help
"""


def test_help_is_laid_out_as_kubectls() -> None:
    """--help anywhere before -- is the answer: what it does, examples, flags, usage, more verbs."""
    assert parse("plug", VERBS, ["a", "--help"]) == Help(HELP)
    assert parse("plug", VERBS, ["--", "--help"]) == Asked("show", ("--help",))

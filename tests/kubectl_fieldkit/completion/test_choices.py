"""Choices → lines that neither kubectl nor a shell can misread."""

import pytest

from kubectl_fieldkit.completion.choices import (
    Choice,
    beginning,
    directive_of,
    is_plain,
    of_names,
    written,
)


@pytest.mark.parametrize(
    "name",
    ["web", "worker-2.example", "arn:aws:eks:eu-1:1:cluster/x", "a@b", "a_b", "café", "日本"],
)
def test_plain_names_are_offered(name: str) -> None:
    """Whatever is one word to every shell."""
    assert is_plain(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "-x",
            "--as",
            "a b",
            "a=b",
            "a\tb",
            "a\nb",
            "a\n:0",
            "\x1b[31m",
            "a\u202eb",
            "a\u200b",
        ),
        *("$(touch x)", "`id`", "a;b", "a|b", "a&b", "<a", "a>b", "*", "a?", "[a]", "{a,b}", "~"),
        *("'", '"', "\\", "!1", "#a", "a^b", "%$HOME", "a\x00b", "a\x85b"),
    ],
)
def test_what_a_shell_would_read_is_left_out(name: str) -> None:
    """Nothing to be quoted, nothing that breaks a line, nothing that looks like a flag."""
    assert not is_plain(name)
    assert of_names([name, "web"]) == [Choice("web")]


def test_names_go_behind_what_was_typed() -> None:
    """`deploy/` is the user's own spelling; what the line has already is not offered again."""
    found = of_names(["web", "api", "web"], "deploy/")
    assert beginning(found, "deploy/w") == [Choice("deploy/web")]
    assert beginning(found, "deploy/", ["deploy/api"]) == [Choice("deploy/web")]


def test_no_space_behind_what_a_name_follows() -> None:
    """Only where all choices are of that kind: the directive is one for all."""
    assert directive_of([]) == 4
    assert directive_of([Choice("pod/"), Choice("job/")]) == 6
    assert directive_of([Choice("pod/"), Choice("web")]) == 4


def test_the_protocol() -> None:
    """A line each, the help behind a tab, and the directive last."""
    lines = written([Choice("a"), Choice("--b", "Of\tb\n:0")], 4)
    assert lines == "a\n--b\tOf\\tb\\n:0\n:4\n"
    assert written([], 0) == ":0\n"

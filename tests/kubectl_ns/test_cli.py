"""argv → request, and what is no request."""

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.options import OutputFlags
from kubectl_fieldkit.verbs import Request, parse
from kubectl_ns.cli import VERBS
from kubectl_ns.cli.current import ShowCurrent
from kubectl_ns.cli.list import ListNamespaces
from kubectl_ns.cli.pick import PickNamespace
from kubectl_ns.cli.switch import SwitchNamespace
from kubectl_ns.cli.unset import Unset
from kubectl_ns.place import Place

HERE = Place()


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ("", PickNamespace(HERE)),
        ("shop", SwitchNamespace(HERE, "shop")),
        ("-", SwitchNamespace(HERE, "-")),
        ("shop -f", SwitchNamespace(HERE, "shop", True)),
        ("-f shop --dry-run", SwitchNamespace(HERE, "shop", True, True)),
        ("shop --context prod", SwitchNamespace(Place(context="prod"), "shop")),
        ("--kubeconfig x -c", ShowCurrent(Place("x"))),
        ("-u", Unset(HERE)),
        ("--request-timeout 1m shop", SwitchNamespace(Place(timeout=60.0), "shop")),
        ("switch switch -f", SwitchNamespace(HERE, "switch", True)),
        ("-- switch", SwitchNamespace(HERE, "switch")),
        ("--context prod switch shop", SwitchNamespace(Place(context="prod"), "shop")),
        ("-o json", ListNamespaces(HERE, OutputFlags("json"))),
        ("-o table", ListNamespaces(HERE)),
        ("--no-headers", ListNamespaces(HERE, OutputFlags(headers=False))),
        ("--no-headers -o wide", ListNamespaces(HERE, OutputFlags("wide", False))),
    ],
)
def test_a_command_line_is_a_request(argv: str, request_: Request) -> None:
    """What kubens' users type."""
    assert parse("ns", VERBS, argv.split()) == request_


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["a", "b"], "too many arguments"),
        (["-c", "-u"], "--current and --unset are two things"),
        (["a", "-u"], "--current and --unset take no name"),
        ([""], "may not be empty"),
        (["-f"], "--force goes with a NAME"),
        (["-o", "json", "a"], "-o and --no-headers go with the list"),
        (["--no-headers", "-u"], "-o and --no-headers go with the list"),
        (["-o", "table", "--dry-run"], "-o and --no-headers go with the list"),
        (["-c", "--dry-run"], "--dry-run goes with what changes a file"),
        (["switch"], "switch takes one NAME"),
        (["switch", "a", "b"], "switch takes one NAME"),
        (["switch", "a", "-u"], "unknown shorthand flag"),
        (["-A"], "unknown shorthand flag"),
        (["--server", "x"], "unknown flag"),
        (["a", "--request-timeout", "soon"], "it is no duration"),
    ],
)
def test_what_cannot_be_meant_is_refused(argv: list[str], message: str) -> None:
    """Before anything is read."""
    with pytest.raises(UsageError, match=message):
        parse("ns", VERBS, argv)

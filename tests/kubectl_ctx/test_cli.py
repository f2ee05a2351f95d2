"""argv → request, as a table."""

import pytest

from kubectl_ctx.cli import VERBS
from kubectl_ctx.cli.current import ShowCurrent
from kubectl_ctx.cli.delete import DeleteContexts
from kubectl_ctx.cli.list import ListContexts
from kubectl_ctx.cli.pick import PickContext
from kubectl_ctx.cli.rename import RenameContext
from kubectl_ctx.cli.shell import OpenShell
from kubectl_ctx.cli.switch import SwitchContext
from kubectl_ctx.cli.unset import UnsetContext
from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.options import OutputFlags
from kubectl_fieldkit.verbs import parse

ARN = "arn:aws:eks:eu-west-1:1:cluster/prod"


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ("", PickContext()),
        ("--color never", PickContext(output=OutputFlags(color="never"))),
        ("--dry-run", PickContext(dry_run=True)),
        ("prod", SwitchContext("prod")),
        (ARN, SwitchContext(ARN)),
        ("-", SwitchContext("-")),
        ("prod --kubeconfig f", SwitchContext("prod", kubeconfig="f")),
        ("prod -n shop --dry-run", SwitchContext("prod", "shop", dry_run=True)),
        ("-n shop", SwitchContext(namespace="shop")),
        ("new=old", RenameContext("old", "new", typed="new=old")),
        ("new=.", RenameContext(".", "new", typed="new=.")),
        ("a=b=c", SwitchContext("a=b=c")),
        ("=b", SwitchContext("=b")),
        ("a=", SwitchContext("a=")),
        ("-d", DeleteContexts()),
        ("-d a b", DeleteContexts(("a", "b"))),
        ("-d .", DeleteContexts((".",))),
        ("-d a=b --cascade", DeleteContexts(("a=b",), cascade=True)),
        ("-c", ShowCurrent()),
        ("--current --kubeconfig f", ShowCurrent("f")),
        ("-u", UnsetContext()),
        ("--unset --dry-run", UnsetContext(dry_run=True)),
        ("-s", OpenShell()),
        ("--shell prod -n shop --print", OpenShell("prod", "shop", True)),
        ("-o wide", ListContexts(output=OutputFlags("wide"))),
        ("-o table", ListContexts()),
        ("--no-headers", ListContexts(output=OutputFlags(headers=False))),
        ("switch a=b", SwitchContext("a=b")),
        ("switch rename -n shop", SwitchContext("rename", "shop")),
        ("switch -- -x", SwitchContext("-x")),
        ("rename a=b rename", RenameContext("a=b", "rename")),
        ("delete a=b rename --cascade", DeleteContexts(("a=b", "rename"), cascade=True)),
        ("-n switch prod", SwitchContext("prod", "switch")),
    ],
)
def test_argv_becomes_a_request(argv: str, request_: object) -> None:
    """What kubectx's users type means what they mean by it."""
    assert parse("ctx", VERBS, argv.split()) == request_


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        ("a b", 'unexpected argument "b" (see "kubectl ctx --help")'),
        ("-c a", 'unexpected argument "a" (see "kubectl ctx --help")'),
        ("-c -u", "--current and --unset ask different things: give one"),
        ("-d a -n x", "-n goes with a switch or --shell"),
        ("new=old -n x", "-n goes with a switch or --shell"),
        ("prod --cascade", "--cascade goes with -d"),
        ("prod --print", "--print goes with --shell"),
        ("prod -o json", "-o goes with the list and --check"),
        ("-c --dry-run", "--dry-run goes with what changes a file"),
        ("rename a", 'rename takes OLD and NEW (see "kubectl ctx rename --help")'),
        ("switch", 'switch takes one NAME (see "kubectl ctx switch --help")'),
        ("prod -A", "unknown shorthand flag: 'A' in -A (see \"kubectl ctx --help\")"),
        ("prod --cluster c", 'unknown flag: --cluster (see "kubectl ctx --help")'),
        (
            "prod -n Shop",
            '"Shop" is no name of a namespace (lower-case letters, digits and "-", at most 63; "kubectl ns -u" removes one)',
        ),
    ],
)
def test_a_wrong_command_line(argv: str, error: str) -> None:
    """What cannot be meant is refused with exit code 2, and says why."""
    with pytest.raises(UsageError) as caught:
        parse("ctx", VERBS, argv.split())
    assert str(caught.value) == error
    assert caught.value.exit_code == 2

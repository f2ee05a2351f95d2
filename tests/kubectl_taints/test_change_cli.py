"""argv → request for `add` and `remove`, as tables."""

from pathlib import Path

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.objects.node import NODES, Taint
from kubectl_fieldkit.options import OutputFlags, SourceFlags
from kubectl_fieldkit.reading import one_object
from kubectl_fieldkit.verbs import parse
from kubectl_taints.changes import TaintChange
from kubectl_taints.cli import VERBS
from kubectl_taints.cli.change import ChangeTaints
from kubectl_taints.cli.show import ShowTaints

GPU = Taint("dedicated", "NoSchedule", "gpu")
ADD_GPU = TaintChange(add=(GPU,))


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ("add w-0 dedicated=gpu:NoSchedule", ChangeTaints(ADD_GPU, ("w-0",))),
        ("add node/w-0 no/w-1 dedicated=gpu:NoSchedule", ChangeTaints(ADD_GPU, ("w-0", "w-1"))),
        ("add node/add dedicated=gpu:NoSchedule", ChangeTaints(ADD_GPU, ("add",))),
        (
            "add w a:NoExecute a=:NoSchedule ex.io/b=1:PreferNoSchedule",
            ChangeTaints(
                TaintChange(
                    (
                        Taint("a", "NoExecute"),
                        Taint("a", "NoSchedule"),
                        Taint("ex.io/b", "PreferNoSchedule", "1"),
                    )
                ),
                ("w",),
            ),
        ),
        ("add -l pool=gpu dedicated=gpu:NoSchedule", ChangeTaints(ADD_GPU, selector="pool=gpu")),
        ("--all add dedicated=gpu:NoSchedule", ChangeTaints(ADD_GPU)),
        (
            "add w dedicated=gpu:NoSchedule --overwrite --yes",
            ChangeTaints(TaintChange((GPU,), overwrite=True), ("w",), yes=True),
        ),
        (
            "add w dedicated=gpu:NoSchedule --dry-run=server --field-manager me -o=json -v",
            ChangeTaints(
                ADD_GPU,
                ("w",),
                dry_run="server",
                field_manager="me",
                source=SourceFlags(verbose=True),
                output=OutputFlags("json"),
            ),
        ),
        (
            "add w dedicated=gpu:NoSchedule --snapshot s --dry-run client",
            ChangeTaints(ADD_GPU, ("w",), dry_run="client", source=SourceFlags(snapshot=Path("s"))),
        ),
        (
            "remove w a- b:NoExecute- c:NoSchedule d=1:NoExecute- d=2:NoSchedule",
            ChangeTaints(
                TaintChange(
                    remove=(
                        Taint("a"),
                        Taint("b", "NoExecute"),
                        Taint("c", "NoSchedule"),
                        Taint("d", "NoExecute"),
                        Taint("d", "NoSchedule"),
                    )
                ),
                ("w",),
            ),
        ),
        ("remove w --all-taints", ChangeTaints(TaintChange(remove_all=True), ("w",))),
        ("remove --all --all-taints", ChangeTaints(TaintChange(remove_all=True))),
        ("node/remove", ShowTaints(("remove",))),
        ("add nodes w-0 no/w-1 dedicated=gpu:NoSchedule", ChangeTaints(ADD_GPU, ("w-0", "w-1"))),
        ("add node dedicated=gpu:NoSchedule", ChangeTaints(ADD_GPU, ("node",))),
        ("add nodes --all dedicated=gpu:NoSchedule", ChangeTaints(ADD_GPU)),
        ("add no -l a dedicated=gpu:NoSchedule", ChangeTaints(ADD_GPU, selector="a")),
        ("remove node w --all-taints", ChangeTaints(TaintChange(remove_all=True), ("w",))),
        ("node w", ShowTaints(("w",))),
        ("nodes", ShowTaints(("nodes",))),
    ],
)
def test_argv_becomes_a_request(argv: str, request_: object) -> None:
    """Nodes and taints are told apart as kubectl does; flags stand anywhere."""
    assert parse("taints", VERBS, argv.split()) == request_


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        (
            "add w",
            "at least one taint update is required (a taint has a : or a =, or ends in -)",
        ),
        (
            "remove w a",
            "at least one taint update is required (a taint has a : or a =, or ends in -)",
        ),
        (
            "add a:NoSchedule",
            "at least one resource name must be specified since 'all' parameter is not set "
            "(name nodes, or give -l or --all)",
        ),
        (
            "remove --all-taints",
            "at least one resource name must be specified since 'all' parameter is not set "
            "(name nodes, or give -l or --all)",
        ),
        (
            "add --all -l a=b a:NoSchedule",
            "setting 'all' parameter with a non empty selector is prohibited",
        ),
        ("add w --all a:NoSchedule", "a node's name cannot be given together with --all"),
        ("add w -l a a:NoSchedule", "a node's name cannot be given together with a selector"),
        ("add a:NoSchedule w", "all resources must be specified before taint changes: w"),
        ("add pod/w a:NoSchedule", '"pod/w" is not a node'),
        ("add w a:NoSchedule-", '"a:NoSchedule-" removes a taint (use kubectl taints remove)'),
        ("add w a=b", "invalid taint spec: a=b (an effect is missing, such as :NoSchedule)"),
        (
            "add w a:NoSchedul",
            "invalid taint effect: NoSchedul, unsupported taint effect "
            "(one of NoSchedule, PreferNoSchedule, NoExecute)",
        ),
        ("add w a:NoSchedule:x", "invalid taint spec: a:NoSchedule:x"),
        ("add w a=b=c:NoSchedule", "invalid taint spec: a=b=c:NoSchedule"),
        (
            "add w a=-:NoSchedule",
            "invalid taint spec: a=-:NoSchedule (a value is empty, or up to 63 letters, digits, "
            "-, _ and ., with a letter or digit at both ends)",
        ),
        (
            "add w a_:NoSchedule",
            "invalid taint spec: a_:NoSchedule (a key is [PREFIX/]NAME: up to 63 letters, digits, "
            "-, _ and ., after a DNS name)",
        ),
        (
            "add w a=1:NoSchedule a=2:NoSchedule",
            "duplicated taints with the same key and effect: a=2:NoSchedule",
        ),
        ("remove w a- --all-taints", "a taint cannot be named together with --all-taints"),
        (
            "add w a:NoSchedule --dry-run=yes",
            'invalid argument "yes" for "--dry-run" flag: must be one of none, client, server '
            '(see "kubectl taints add --help")',
        ),
        (
            "add w a:NoSchedule --all-taints",
            'unknown flag: --all-taints (see "kubectl taints add --help")',
        ),
        (
            "remove w a- --overwrite",
            'unknown flag: --overwrite (see "kubectl taints remove --help")',
        ),
    ],
)
def test_a_wrong_command_line(argv: str, error: str) -> None:
    """What cannot be meant is refused with exit code 2, in kubectl's words where it has any."""
    with pytest.raises(UsageError) as caught:
        parse("taints", VERBS, argv.split())
    assert (str(caught.value), caught.value.exit_code) == (error, 2)


@pytest.mark.parametrize(
    "argv",
    [
        ["add", "", "a:NoSchedule"],
        ["add", "w", "", "a:NoSchedule"],
        ["add", "node/", "a:NoSchedule"],
        ["add", "nodes", "", "a:NoSchedule"],
        ["remove", "", "--all-taints"],
        [""],
        ["node/"],
    ],
)
def test_an_empty_name_is_no_name(argv: list[str]) -> None:
    """An empty variable of a script never stands for every node."""
    with pytest.raises(UsageError) as caught:
        parse("taints", VERBS, argv)
    assert str(caught.value) == "resource name may not be empty"


def test_a_question_for_one_object_has_a_name() -> None:
    """Wherever an empty name comes from, it never becomes a list."""
    with pytest.raises(UsageError) as caught:
        one_object(NODES, "")
    assert str(caught.value) == "resource name may not be empty"


def test_a_taint_is_no_node() -> None:
    """A taint without a verb is told apart from a node that is not there."""
    with pytest.raises(UsageError) as caught:
        parse("taints", VERBS, ["foo=bar:NoSchedule"])
    assert str(caught.value) == (
        '"foo=bar:NoSchedule" is a taint and not a node '
        '(did you mean "kubectl taints add" or --who?)'
    )

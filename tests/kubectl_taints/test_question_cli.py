"""argv → request for `--for`, `-f`, `--who` and `lint`, as tables."""

import shlex
from pathlib import Path

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.options import OutputFlags, SourceFlags
from kubectl_fieldkit.targets import parse_targets
from kubectl_fieldkit.verbs import parse
from kubectl_taints.cli import VERBS
from kubectl_taints.cli.lint import LintTaints
from kubectl_taints.cli.question import FindTolerators, PlaceWorkloads
from kubectl_taints.tolerators import AnyTaint

WEB = parse_targets(["deploy/web"])
WEB_AND_X = parse_targets(["deploy/web", "pod/x"])


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ("--for deploy/web", PlaceWorkloads(WEB)),
        ("--for deploy web", PlaceWorkloads(WEB)),
        ("--for deployment.apps/web pod/x", PlaceWorkloads(WEB_AND_X)),
        ("--for deploy/web --for pod/x", PlaceWorkloads(WEB_AND_X)),
        ("pod/x --for=deploy/web", PlaceWorkloads(WEB_AND_X)),
        ("--for deploy/web -l pool=gpu", PlaceWorkloads(WEB, selector="pool=gpu")),
        ("-f a.yaml -f - -o=yaml", PlaceWorkloads((), ("a.yaml", "-"), output=OutputFlags("yaml"))),
        (
            "-n ns --for deploy/web --snapshot s",
            PlaceWorkloads(
                WEB, source=SourceFlags(ConnectionFlags(namespace="ns"), snapshot=Path("s"))
            ),
        ),
        ("--who gpu", FindTolerators(AnyTaint("gpu"))),
        ("--who gpu=true", FindTolerators(AnyTaint("gpu", "true"))),
        ("--who gpu=:NoExecute", FindTolerators(Taint("gpu", "NoExecute"))),
        ("lint", LintTaints()),
        ("lint -f a -f dir --exit-code", LintTaints(("a", "dir"), exit_code=True)),
        ("--exit-code lint --allow-incomplete", LintTaints((), True, True)),
        ("-f lint lint", LintTaints(("lint",))),
    ],
)
def test_argv_becomes_a_request(argv: str, request_: object) -> None:
    """Flags mean what they mean in kubectl, and a word behind --for is a target."""
    assert parse("taints", VERBS, argv.split()) == request_


ONE_QUESTION = "--for, -f, --who and --group are questions of their own: ask one"


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        ("--for deploy", "resource(s) were provided, but no name was specified"),
        (
            "--for deploy/web -f a.yaml",
            "when paths, URLs, or stdin is provided as resource input, you may not specify resource arguments as well",
        ),
        ("--for deploy/web --who gpu", ONE_QUESTION),
        ("--who gpu --group", ONE_QUESTION),
        ("--group -f a.yaml", ONE_QUESTION),
        ("--who gpu worker-0", "--who is about workloads: it takes no node and no selector"),
        ("--who gpu -l a=b", "--who is about workloads: it takes no node and no selector"),
        ("--who -", "invalid taint spec: - (such as KEY, KEY=VALUE or KEY:NoSchedule)"),
        ("--who ''", "invalid taint spec:  (such as KEY, KEY=VALUE or KEY:NoSchedule)"),
        ("--who '' --group", ONE_QUESTION),
        ("-f ''", 'the path "" does not exist'),
        ("lint -f a -f ''", 'the path "" does not exist'),
        ("lint -f a --snapshot b", "lint -f asks no cluster: it takes no snapshot"),
        (
            "lint worker-0",
            'unexpected argument "worker-0" (see "kubectl taints lint --help")',
        ),
    ],
)
def test_a_wrong_command_line(argv: str, error: str) -> None:
    """What cannot be meant is refused with exit code 2, and says why."""
    with pytest.raises(UsageError) as caught:
        parse("taints", VERBS, shlex.split(argv))
    assert str(caught.value) == error
    assert caught.value.exit_code == 2

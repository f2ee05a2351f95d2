"""argv → request, as a table."""

from pathlib import Path

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.objects.pod import PODS
from kubectl_fieldkit.objects.workload import WORKLOAD_KINDS
from kubectl_fieldkit.options import OutputFlags, SourceFlags
from kubectl_fieldkit.targets import Target
from kubectl_fieldkit.verbs import parse
from kubectl_why_pending.cli import VERBS
from kubectl_why_pending.cli.question import ExplainPending

WEB = Target(WORKLOAD_KINDS[0].resource, "web")
POD = Target(PODS, "web")


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ("", ExplainPending()),
        ("mypod", ExplainPending(pods=("mypod",))),
        ("a b", ExplainPending(pods=("a", "b"))),
        ("deploy", ExplainPending(pods=("deploy",))),
        ("deploy web", ExplainPending(targets=(WEB,))),
        ("deploy/web pod/web", ExplainPending(targets=(WEB, POD))),
        ("-A", ExplainPending(all_namespaces=True)),
        ("-l app=web", ExplainPending(selector="app=web")),
        ("-n shop", ExplainPending(source=SourceFlags(ConnectionFlags(namespace="shop")))),
        ("-f a.yaml -f -", ExplainPending(files=("a.yaml", "-"))),
        ("--node a --node b", ExplainPending(nodes=("a", "b"))),
        ("mypod --watch", ExplainPending(pods=("mypod",), watch=True)),
        ("mypod -w", ExplainPending(pods=("mypod",), watch=True)),
        ("--exit-code --allow-incomplete", ExplainPending(exit_code=True, allow_incomplete=True)),
        ("-o wide", ExplainPending(output=OutputFlags("wide"))),
        ("--snapshot s", ExplainPending(source=SourceFlags(snapshot=Path("s")))),
    ],
)
def test_argv_becomes_a_request(argv: str, request_: object) -> None:
    """Flags mean what they mean in kubectl, and plain words are pods."""
    assert parse("why-pending", VERBS, argv.split()) == request_


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        ("mypod -A", "a POD is named by itself: it goes without -A and -l"),
        ("mypod -l a=b", "a POD is named by itself: it goes without -A and -l"),
        ("-f a mypod", "-f says what it is about: it goes without POD, -l, -A and --watch"),
        ("-f a --watch", "-f says what it is about: it goes without POD, -l, -A and --watch"),
        ("--watch --snapshot s", "a snapshot does not change: it goes without --watch"),
        ("gadget/x", 'the server doesn\'t have a resource type "gadget" with pods'),
    ],
)
def test_what_cannot_be_meant_is_refused(argv: str, error: str) -> None:
    """Usage errors say what goes with what."""
    with pytest.raises(UsageError) as caught:
        parse("why-pending", VERBS, argv.split())
    assert caught.value.message == error

"""argv → request: `kubectl proxy-mode`."""

from pathlib import Path

import pytest

from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.options import OutputFlags, SourceFlags
from kubectl_fieldkit.verbs import Request, parse
from kubectl_proxy_mode.cli import VERBS
from kubectl_proxy_mode.cli.question import Probing, ShowModes

REQUESTS: list[tuple[str, Request]] = [
    ("", ShowModes()),
    ("worker-0 node/worker-1", ShowModes(("worker-0", "worker-1"))),
    ("node/lint", ShowModes(("lint",))),
    ("-l pool=gpu", ShowModes(selector="pool=gpu")),
    ("--no-probe -o wide", ShowModes(probing=Probing(False), output=OutputFlags("wide"))),
    ("--allow-nodes-proxy", ShowModes(probing=Probing(nodes_proxy=True))),
    ("--concurrency 7", ShowModes(probing=Probing(concurrency=7))),
    ("--snapshot x.gz", ShowModes(source=SourceFlags(snapshot=Path("x.gz")))),
]


@pytest.mark.parametrize(("argv", "request_"), REQUESTS)
def test_a_command_line_is_a_request(argv: str, request_: Request) -> None:
    """Flags and words become one frozen value."""
    assert parse("proxy-mode", VERBS, argv.split()) == request_


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ("pod/x", '"pod/x" is not a node'),
        ("x -l a=b", "a node's name cannot be given together with a selector"),
        ("--concurrency 0", "no number from 1 on"),
        ("--no-probe --allow-nodes-proxy", "--no-probe asks no kube-proxy"),
        ("--probe", "unknown flag: --probe"),
    ],
)
def test_a_wrong_command_line_is_refused(argv: str, words: str) -> None:
    """With the words that say what is wrong."""
    with pytest.raises(UsageError, match=words):
        parse("proxy-mode", VERBS, argv.split())

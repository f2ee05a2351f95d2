"""argv → request of `kubectl ctx --check` and `kubectl ctx lint`, as a table."""

import subprocess
import sys
from pathlib import Path

import pytest

from kubectl_ctx.cli import VERBS
from kubectl_ctx.cli.check import CheckContexts
from kubectl_ctx.cli.lint import LintKubeconfigs
from kubectl_fieldkit.errors import UsageError
from kubectl_fieldkit.options import OutputFlags
from kubectl_fieldkit.verbs import parse


@pytest.mark.parametrize(
    ("argv", "request_"),
    [
        ("--check", CheckContexts()),
        ("--check prod", CheckContexts(("prod",))),
        ("prod --check", CheckContexts(("prod",))),
        ("--check a=b c", CheckContexts(("a=b", "c"))),
        ("--check --all -o json", CheckContexts(every=True, output=OutputFlags("json"))),
        ("--check --exit-code --request-timeout 1m", CheckContexts(timeout=60.0, exit_code=True)),
        ("--check --kubeconfig f", CheckContexts(kubeconfig="f")),
        ("lint", LintKubeconfigs()),
        ("lint --exit-code --kubeconfig f", LintKubeconfigs("f", True)),
        ("--no-headers lint -o wide", LintKubeconfigs(output=OutputFlags("wide", headers=False))),
    ],
)
def test_argv_becomes_a_request(argv: str, request_: object) -> None:
    """What is typed means what it says."""
    assert parse("ctx", VERBS, argv.split()) == request_


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        ("--check -c", "--current and --check ask different things: give one"),
        ("--check --all prod", "--all goes with no NAME"),
        ("--all", "--all goes with --check"),
        ("prod --exit-code", "--exit-code goes with --check"),
        ("prod --request-timeout 1s", "--request-timeout goes with --check"),
        ("--check --dry-run", "--dry-run goes with what changes a file"),
        ("--check -n x", "-n goes with a switch or --shell"),
        ("lint x", 'unexpected argument "x" (see "kubectl ctx lint --help")'),
    ],
)
def test_a_wrong_command_line(argv: str, error: str) -> None:
    """Says what goes with what."""
    with pytest.raises(UsageError) as caught:
        parse("ctx", VERBS, argv.split())
    assert str(caught.value) == error


def test_a_check_has_a_bound() -> None:
    """A time-out of 0, for ever elsewhere, is refused."""
    with pytest.raises(UsageError, match="a check has a bound: it is more than 0"):
        parse("ctx", VERBS, ["--check", "--request-timeout", "0"])


@pytest.mark.parametrize(
    ("argv", "loaded"),
    [
        (["-c"], []),
        (["lint"], ["subprocess"]),
        (["--check", "--request-timeout", "1s"], ["socket", "ssl", "subprocess"]),
    ],
)
def test_only_a_check_loads_a_client(argv: list[str], loaded: list[str], tmp_path: Path) -> None:
    """Neither TLS nor sockets for what asks no server."""
    file = tmp_path / "config"
    file.write_text("contexts:\n- context:\n    cluster: c\n  name: a\ncurrent-context: a\n")
    program = (
        "import sys\nfrom kubectl_fieldkit.verbs import parse\nfrom kubectl_ctx.cli import VERBS\n"
        f"parse('ctx', VERBS, {[*argv, '--kubeconfig', str(file)]!r}).run()\n"
        "watched = {'ssl', 'kubernetes', 'socket', 'subprocess'}\n"
        "print(sorted(watched & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": "plugins", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == str(loaded)

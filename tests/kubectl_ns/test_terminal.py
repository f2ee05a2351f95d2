"""`kubectl ns` at a real terminal: the picker over a live cluster's namespaces, and partial names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import lacking_is_a_skip
from tests.kubectl_ctx.terminal import Terminal, terminal
from tests.lab.lab import Lab

pytestmark = pytest.mark.root


@pytest.fixture
def screen(lab: Lab, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal with an administrator's kubeconfig, which may be changed."""
    (tmp_path / "config").write_bytes(lab.kubeconfig.read_bytes())
    with lacking_is_a_skip(), terminal(tmp_path) as opened:
        yield opened


def _namespace(folder: Path) -> str:
    text = (folder / "config").read_text()
    found = [line.split(":")[1].strip() for line in text.splitlines() if "namespace:" in line]
    return found[0].strip('"') if found else ""


def test_a_namespace_is_picked(screen: Terminal, tmp_path: Path) -> None:
    """By letters of its name."""
    screen.line("kubectl-ns")
    screen.wait("kube-system")
    screen.type("node-lease")
    screen.press("Enter")
    screen.wait('Active namespace is "kube-node-lease"')
    assert _namespace(tmp_path) == "kube-node-lease"


def test_leaving_the_picker_changes_nothing(screen: Terminal, tmp_path: Path) -> None:
    """Escape leaves it with an error, as kubens does."""
    before = (tmp_path / "config").read_text()
    screen.line("kubectl-ns; echo code $?")
    screen.wait("kube-system")
    screen.press("Escape")
    screen.wait("code 1")
    assert (tmp_path / "config").read_text() == before


def test_a_partial_name_is_offered_at_a_terminal_only(screen: Terminal, tmp_path: Path) -> None:
    """A script must be exact."""
    screen.line("kubectl-ns kube-sys")
    screen.wait("kube-system")
    screen.press("Enter")
    screen.wait('Active namespace is "kube-system"')
    assert _namespace(tmp_path) == "kube-system"
    screen.line("clear; kubectl-ns kube-pub < /dev/null; echo code $?")
    screen.wait("code 1")
    assert _namespace(tmp_path) == "kube-system"


def test_a_list_that_is_asked_for_is_no_picker(screen: Terminal) -> None:
    """-o table lists on a terminal too."""
    screen.line("kubectl-ns -o table; echo code $?")
    assert "kube-public" in screen.wait("code 0")


def test_a_login_that_is_needed_is_said(lab: Lab, screen: Terminal, tmp_path: Path) -> None:
    """An exec plugin that fails is named with its words; the namespace stays."""
    (tmp_path / "config").write_text(
        "apiVersion: v1\nkind: Config\n"
        f'clusters: [{{name: c, cluster: {{server: "{lab.server}", insecure-skip-tls-verify: true}}}}]\n'
        "users:\n- name: u\n  user:\n    exec:\n"
        "      apiVersion: client.authentication.k8s.io/v1\n"
        "      interactiveMode: Never\n"
        '      command: sh\n      args: [-c, "echo please log in >&2; exit 1"]\n'
        "contexts: [{name: a, context: {cluster: c, user: u}}]\ncurrent-context: a\n"
    )
    screen.line("kubectl-ns shop; echo code $?")
    screen.wait("code 1")
    assert "please log in" in screen.screen
    assert _namespace(tmp_path) == ""

"""`kubectl ctx` at a real terminal: the picker, and shells with a context of their own."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from kubectl_fieldkit.kubeconfig.outline import read_outline
from tests.conftest import lacking_is_a_skip
from tests.kubectl_ctx.terminal import SHELLS, Terminal, terminal
from tests.lab.errors import Lacking
from tests.lab.programs import program

pytestmark = pytest.mark.root

CONFIG = """apiVersion: v1
kind: Config
clusters:
- cluster:
    server: https://c.example
  name: c
users:
- name: u
  user:
    token: secret
contexts:
- context:
    cluster: c
    user: u
  name: web-2
- context:
    cluster: c
    namespace: shop
    user: u
  name: web-10
- context:
    cluster: c
    user: u
  name: prod
current-context: prod
"""


class Open(Protocol):
    """Opens a terminal for the test."""

    def __call__(self, shell: str = "bash", **environ: str) -> Terminal:
        """With this shell in it."""


@pytest.fixture
def open_terminal(tmp_path: Path) -> Iterator[Open]:
    """Terminals beside a kubeconfig with three contexts, closed at the end."""
    (tmp_path / "config").write_text(CONFIG)
    with lacking_is_a_skip(), ExitStack() as stack:

        def opened(shell: str = "bash", **environ: str) -> Terminal:
            return stack.enter_context(terminal(tmp_path, shell, **environ))

        yield opened


def _current(folder: Path) -> str:
    return read_outline(str(folder / "config")).current_context


def test_a_context_is_picked(open_terminal: Open, tmp_path: Path) -> None:
    """By letters of its name; the screen is as before, and the switch is said."""
    screen = open_terminal()
    screen.line("kubectl-ctx")
    shown = screen.wait("3/3")
    assert [line.split()[-1] for line in shown.splitlines()[-2:]] == ["shop", "web-10"] or (
        "web-2" in shown and shown.index("web-2") < shown.index("web-10")
    )
    screen.type("w10")
    screen.wait("1/3")
    screen.press("Enter")
    shown = screen.wait('Switched to context "web-10".')
    assert "1/3" not in shown
    assert _current(tmp_path) == "web-10"


@pytest.mark.parametrize("key", ["Escape", "C-c", "C-g", "C-d"])
def test_leaving_the_picker_changes_nothing(open_terminal: Open, tmp_path: Path, key: str) -> None:
    """Said as kubectx says it, with the terminal as it was."""
    screen = open_terminal()
    screen.line("stty -a > before; kubectl-ctx; echo code $?")
    screen.wait("3/3")
    screen.press(key)
    screen.wait("code 1")
    assert "error: you did not choose any of the options" in screen.screen
    screen.line("stty -a > after; cmp before after && echo equal")
    screen.wait("equal")
    assert (tmp_path / "config").read_text() == CONFIG


def test_a_killed_picker_puts_the_terminal_right(open_terminal: Open, tmp_path: Path) -> None:
    """By SIGTERM from elsewhere."""
    screen = open_terminal()
    screen.line("stty -a > before; sh -c 'echo $$ > pid; exec kubectl-ctx'; echo code $?")
    screen.wait("3/3")
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGTERM)
    screen.wait("code 143")
    screen.line("stty -a > after; cmp before after && echo equal")
    screen.wait("equal")


def test_arrows_and_a_narrow_window(open_terminal: Open, tmp_path: Path) -> None:
    """The cursor begins at the current context, and a resize redraws."""
    screen = open_terminal()
    screen.line("kubectl-ctx")
    screen.wait("3/3")
    screen.resize(20, 5)
    screen.wait(">* prod")
    screen.press("Down")
    screen.wait(">  web-2")
    screen.press("Enter")
    screen.wait("$")
    screen.resize(80, 20)
    screen.line("kubectl-ctx -c")
    screen.wait("web-2")
    assert _current(tmp_path) == "web-2"


def test_a_partial_name_is_offered_at_a_terminal_only(open_terminal: Open, tmp_path: Path) -> None:
    """A script must be exact."""
    screen = open_terminal()
    screen.line("kubectl-ctx web")
    screen.wait("2/3")
    screen.press("Enter")
    screen.wait('Switched to context "web-2".')
    screen.line("clear; kubectl-ctx web < /dev/null; echo code $?")
    screen.wait("code 1")
    assert 'no context exists with the name: "web"' in screen.screen
    assert _current(tmp_path) == "web-2"


def test_fzf_is_used_where_it_is(open_terminal: Open, tmp_path: Path) -> None:
    """Unless it is refused."""
    if not shutil.which("fzf"):
        raise Lacking("Debian packages (apt-get install fzf)")
    screen = open_terminal(KUBECTX_IGNORE_FZF="", FZF_DEFAULT_OPTS="--prompt=fzf:")
    screen.line("kubectl-ctx")
    screen.wait("fzf:")
    screen.type("web-10")
    screen.press("Enter")
    screen.wait('Switched to context "web-10".')
    screen.line("clear; kubectl-ctx; echo code $?")
    screen.wait("fzf:")
    screen.press("Escape")
    screen.wait("code 1")
    assert _current(tmp_path) == "web-10"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_has_a_context_of_its_own(
    open_terminal: Open, programs: None, tmp_path: Path, shell: str
) -> None:
    """kubectl sees it; switching and namespaces inside stay inside; the exit status comes out."""
    kubectl = str(program("kubectl"))
    screen = open_terminal(shell)
    screen.line("kubectl-ctx -s web-2 -n inner")
    screen.wait('Context "web-2" in this shell alone')
    screen.line(f"clear; {kubectl} config current-context")
    screen.wait("web-2")
    screen.line(f"clear; {kubectl} config view --minify -o jsonpath='{{..namespace}} {{..server}}'")
    screen.wait("inner https://c.example")
    screen.line("clear; kubectl-ctx web-10; kubectl-ns -c; kubectl-ns other -f; kubectl-ns -c")
    screen.wait('Active namespace is "other"')
    shown = screen.wait("\nother\n")
    assert "shop" in shown
    screen.line(f"clear; {kubectl} config view --minify -o jsonpath='{{..namespace}} {{..token}}'")
    screen.wait("other REDACTED")
    screen.line("clear; kubectl-ctx -")
    screen.wait('Switched to context "web-2"')
    screen.line("clear; kubectl-ctx -d prod; echo refused")
    assert "error: " in screen.wait("\nrefused")
    assert (tmp_path / "config").read_text() == CONFIG
    (overlay,) = (tmp_path / "kubectl-fieldkit").iterdir()
    assert "secret" not in overlay.read_text()
    screen.line("exit 7")
    status = "$status" if shell == "fish" else "$?"
    screen.line(f"clear; echo code {status}")
    screen.wait("code ")
    assert list((tmp_path / "kubectl-fieldkit").iterdir()) == []
    screen.line("clear; kubectl-ctx -c")
    screen.wait("prod")


def test_the_exit_status_is_the_shells(open_terminal: Open) -> None:
    """And Ctrl-C is the shell's alone."""
    screen = open_terminal()
    screen.line("kubectl-ctx -s web-2; echo code $?")
    screen.wait("in this shell alone")
    screen.press("C-c")
    screen.line("echo alive")
    screen.wait("\nalive")
    screen.line("exit 7")
    screen.wait("code 7")


def test_shells_nest(open_terminal: Open) -> None:
    """Each over the same files; leaving one leads back to the outer one."""
    screen = open_terminal()
    screen.line("kubectl-ctx -s web-2")
    screen.wait("in this shell alone")
    screen.line("clear; kubectl-ctx -s web-10")
    screen.wait('"web-10" in this shell alone')
    screen.line("clear; kubectl-ctx -c")
    screen.wait("web-10\n")
    screen.line("exit")
    screen.line("clear; kubectl-ctx -c")
    screen.wait("web-2\n")


def test_what_others_wrote_into_the_overlay_is_kept(
    open_terminal: Open, programs: None, tmp_path: Path
) -> None:
    """A new context lands in the overlay; at the end it is named, and where it is."""
    kubectl = str(program("kubectl"))
    screen = open_terminal()
    screen.line("kubectl-ctx -s web-2")
    screen.wait("in this shell alone")
    screen.line(f"clear; {kubectl} config set-context new --cluster=c --user=u")
    screen.wait('Context "new" created.')
    screen.line("exit")
    screen.wait("kept in")
    assert (tmp_path / "config").read_text() == CONFIG
    (kept,) = (tmp_path / "kubectl-fieldkit").iterdir()
    assert set(read_outline(str(kept)).contexts) == {"new", "web-2"}

"""TAB in bash, zsh and fish, with kubectl's own completion loaded: what appears on the line."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import lacking_is_a_skip
from tests.kubectl_ctx.checking import kubeconfig
from tests.kubectl_ctx.terminal import SHELLS, Terminal
from tests.lab.errors import Lacking
from tests.lab.lab import Lab

pytestmark = pytest.mark.root

BASH_COMPLETION = "/usr/share/bash-completion/bash_completion"
LOADED = {
    "bash": [f". {BASH_COMPLETION}", ". <(kubectl completion bash)"],
    "zsh": ["autoload -Uz compinit; compinit -u -D", ". <(kubectl completion zsh)"],
    "fish": ["kubectl completion fish | source"],
}
PATIENCE = 60.0
TAB_AGAIN = 3.0  # a busy machine may take longer than the second that a completer has

Press = Callable[[str, str], str]


@pytest.fixture(params=SHELLS)
def press_tab(
    request: pytest.FixtureRequest, cluster: Lab, plugins: dict[str, str], tmp_path: Path
) -> Iterator[Press]:
    """Types a line and presses TAB until the screen shows what is expected; gives the screen."""
    shell = request.param
    with lacking_is_a_skip(), ExitStack() as stack:
        _require(shell)
        screen = Terminal(f"fieldkit-tab-{os.getpid()}-{shell}")
        stack.callback(screen.close)
        screen.start(SHELLS[shell], _environ(cluster, plugins, tmp_path), (120, 30))
        screen.line("function fish_prompt; echo '$ '; end" if shell == "fish" else "PS1='$ '")
        for line in LOADED[shell]:
            screen.line(line)
        yield lambda typed, expected: _press(screen, typed, expected)


def _require(shell: str) -> None:
    lacking = [name for name in ("tmux", shell) if not shutil.which(name)]
    if shell == "bash" and not Path(BASH_COMPLETION).exists():
        lacking.append("bash-completion")
    if lacking:
        raise Lacking(f"Debian packages (apt-get install {' '.join(lacking)})")


def _environ(lab: Lab, plugins: dict[str, str], folder: Path) -> dict[str, str]:
    """A home with contexts of every kind beside the lab's."""
    names = ["arn:aws:eks:eu-1:1:cluster/prod", "$(touch pwned)", "`touch pwned`", "x;touch pwned"]
    others = kubeconfig(folder / "others", dict.fromkeys(names, ({}, {})))
    return plugins | {
        "HOME": str(folder),
        "KUBECONFIG": f"{lab.kubeconfig}:{others}",
        "TERM": "screen",
        "LANG": "C.UTF-8",
    }


def _press(screen: Terminal, typed: str, expected: str) -> str:
    screen.press("C-u")
    screen.line("clear")
    screen.type(typed)
    screen.wait(typed.rstrip())
    deadline = time.monotonic() + PATIENCE
    while True:
        screen.press("Tab")
        pause = time.monotonic() + TAB_AGAIN
        while time.monotonic() < pause:
            if expected in (shown := screen.screen):
                screen.press("C-c")
                return shown
            time.sleep(0.05)
        assert time.monotonic() < deadline, f"{expected!r} is not on the screen:\n{screen.screen}"


def test_tab(press_tab: Press, tmp_path: Path) -> None:
    """Names, kinds without a space behind them, flags and their values, out of the lab."""
    press_tab("kubectl taints tab-1", "kubectl taints tab-10")
    press_tab("kubectl why-pending tab-", "kubectl why-pending tab-pod")
    press_tab("kubectl psa-audit deployment/t", "kubectl psa-audit deployment/tab-web")
    press_tab("kubectl neat configm", "kubectl neat configmaps/")
    press_tab("kubectl ns kube-s", "kubectl ns kube-system")
    press_tab("kubectl taints --no-h", "kubectl taints --no-headers")
    press_tab("kubectl taints --context=la", "kubectl taints --context=lab")
    press_tab("kubectl taints -o mark", "kubectl taints -o markdown")
    press_tab("kubectl ctx new=l", "kubectl ctx new=lab")
    press_tab("kubectl taints remove tab-2 tab-d", "tab-2 tab-dedicated:NoSchedule-")
    press_tab("kubectl taints remove tab-2 tab-repair:NoE", "tab-2 tab-repair:NoExecute-")
    shown = press_tab("kubectl taints tab-", "tab-2")
    assert "tab-10" in shown


def test_tab_runs_nothing(press_tab: Press, tmp_path: Path) -> None:
    """A context is called `$(…)`: it is neither offered nor run, and the others are there."""
    shown = press_tab("kubectl ctx ", "lab")
    assert "arn:aws" in shown
    assert "touch" not in shown
    press_tab("kubectl ctx arn:a", "kubectl ctx arn:aws:eks:eu-1:1:cluster/prod")
    press_tab("kubectl taints --context arn", "--context arn:aws:eks:eu-1:1:cluster/prod")
    assert not (tmp_path / "pwned").exists()


def test_tab_where_files_are_meant(press_tab: Press, tmp_path: Path) -> None:
    """The shell completes its own files."""
    (tmp_path / "snapshot-of-today.yaml").write_text("")
    press_tab("kubectl taints --snapshot snap", "--snapshot snapshot-of-today.yaml")

"""The whole picker in a real terminal, tmux, and the terminal afterwards."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shlex import quote
from typing import Protocol

import msgspec
import pytest

from kubectl_fieldkit.picker import Choice
from tests.conftest import lacking_is_a_skip
from tests.kubectl_ctx.terminal import PATIENCE, Terminal, terminal
from tests.lab.errors import Lacking

pytestmark = pytest.mark.root

ASK = Path(__file__).with_name("ask.py")
HOSTILE = "\x1b[31mred\x1b]0;title\x07\r\nrm\u202e\u200b -rf $(reboot)\t;'\""
WEBS = [Choice("prod", current=True), Choice("web-2"), Choice("web-10", "shop")]


class Ask(Protocol):
    """Opens a terminal in which the picker is open."""

    def __call__(
        self, choices: list[Choice], query: str = "", path: str = "", **environ: str
    ) -> Terminal:
        """With these choices; `path` is where it looks for programs."""


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    """The terminal's modes are written down before and after, and the exit code is shown.

    By a script: bash itself would put the terminal right behind a program that a signal ended.
    """
    with lacking_is_a_skip(), ExitStack() as stack:

        def opened(
            choices: list[Choice], query: str = "", path: str = "", **environ: str
        ) -> Terminal:
            (tmp_path / "choices").write_bytes(msgspec.json.encode(choices))
            env = ["env", f"PATH={path}"] if path else []
            command = [*env, sys.executable, str(ASK), "choices", *([query] if query else [])]
            run = " ".join(map(quote, command))
            (tmp_path / "run").write_text(
                f"stty -a > before\nsh -c 'echo $$ > pid; exec {run}'\n"
                "echo code $?\nstty -a > after; cmp before after && echo equal\n"
            )
            screen = stack.enter_context(terminal(tmp_path, **environ))
            screen.line("echo above; sh ./run")
            return screen

        yield opened


def _answer(screen: Terminal, folder: Path) -> object:
    """What was answered, by a picker that ended well and left nothing behind it."""
    lines = screen.wait("equal").splitlines()
    begin = lines.index("above") + 1 if "above" in lines else 0  # many choices scroll it away
    assert lines[begin:][:2] == ["code 0", "equal"]
    return msgspec.json.decode((folder / "answer").read_bytes())


def test_filter_move_and_choose(ask: Ask, tmp_path: Path) -> None:
    """By typing, erasing and arrows; Enter with nothing to choose is nothing."""
    screen = ask(WEBS)
    screen.wait(">* prod")
    screen.type("zz")
    screen.wait("0/3")
    screen.press("Enter")
    screen.press("C-u")
    screen.wait("3/3")
    screen.type("web")
    screen.wait("2/3")
    screen.press("Down")
    screen.wait(">  web-10  shop")
    screen.press("Up")
    screen.wait(">  web-2")
    screen.press("C-n")
    screen.wait(">  web-10")
    screen.press("Enter")
    assert _answer(screen, tmp_path) == "web-10"


@pytest.mark.parametrize("key", ["Escape", "C-c", "C-g", "C-d"])
def test_each_way_out(ask: Ask, tmp_path: Path, key: str) -> None:
    """Is no answer, and no error."""
    screen = ask(WEBS)
    screen.wait("3/3")
    screen.press(key)
    assert _answer(screen, tmp_path) is None


def test_a_query_to_begin_with(ask: Ask, tmp_path: Path) -> None:
    """May be gone on with."""
    screen = ask(WEBS, "web")
    screen.wait("> web  2/3")
    screen.type("1")
    screen.wait("> web1  1/3")
    screen.press("Enter")
    assert _answer(screen, tmp_path) == "web-10"


def test_hostile_names_are_harmless_and_exact(ask: Ask, tmp_path: Path) -> None:
    """Shown spelled out, answered byte by byte."""
    screen = ask([Choice("a"), Choice(HOSTILE, HOSTILE), Choice("日本" * 100), Choice("")])
    shown = screen.wait("4/4")
    assert "^[[31mred^[]0;title\\x07\\r\\nrm\\u202e\\u200b" in shown
    screen.type("reboot")
    screen.wait("1/4")
    screen.press("Enter")
    assert _answer(screen, tmp_path) == HOSTILE


def test_twenty_thousand_choices(ask: Ask, tmp_path: Path) -> None:
    """The one that was typed is found among them."""
    screen = ask([Choice(f"team-{i}-ns") for i in range(20_000)])
    screen.wait("20000/20000")
    screen.type("19999ns")
    screen.wait("1/20000")
    screen.press("Enter")
    assert _answer(screen, tmp_path) == "team-19999-ns"


def test_what_was_typed_ahead_counts(ask: Ask, tmp_path: Path) -> None:
    """Before the picker was there, the Enter as well."""
    screen = ask(WEBS)
    screen.line("web-2")
    screen.wait("code 0\nequal")
    assert (tmp_path / "answer").read_text() == '"web-2"'


def test_at_the_bottom_of_a_full_screen(ask: Ask, tmp_path: Path) -> None:
    """The screen scrolls to make room, and nothing of the block is left."""
    screen = ask([Choice(f"web-{i}") for i in range(100)])
    screen.wait("100/100")
    screen.press("Escape")
    screen.wait("equal")
    screen.line("clear; seq 30; echo above; sh ./run")
    screen.wait("100/100")
    screen.press("End")
    screen.wait(">  web-99")
    screen.press("Enter")
    assert _answer(screen, tmp_path) == "web-99"


def test_every_size_of_the_window(ask: Ask, tmp_path: Path) -> None:
    """Narrow, low and back, with a query wider than the narrow window: one block, and it fits."""
    screen = ask([Choice(f"arn:aws:eks:eu-west-1:1234567890:cluster/web-{i}") for i in range(100)])
    screen.wait("100/100")
    screen.type("arnawsekseuwestcluster")
    screen.wait("arnawsekseuwestcluster  100/100")
    screen.resize(20, 5)
    shown = screen.wait("> sekseuwestcluster\n")
    screen.wait(">  ..")
    assert len(shown.splitlines()) <= 5
    screen.resize(80, 20)
    screen.wait("arnawsekseuwestcluster  100/100")
    assert screen.screen.count("100/100") == 1
    screen.type("99")
    screen.wait("1/100")
    screen.press("Enter")
    assert _answer(screen, tmp_path) == "arn:aws:eks:eu-west-1:1234567890:cluster/web-99"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
@pytest.mark.parametrize("fzf", [False, True])
def test_a_signal_ends_it_and_the_terminal_is_put_right(
    ask: Ask, tmp_path: Path, number: signal.Signals, fzf: bool
) -> None:
    """By that signal, as the shell sees it."""
    screen = ask(WEBS, **_fzf() if fzf else {})
    screen.wait("3/3")
    os.kill(int((tmp_path / "pid").read_text()), number)
    screen.wait(f"code {128 + number}")
    screen.wait("equal")
    assert not (tmp_path / "answer").exists()


def test_stopped_and_continued(ask: Ask, tmp_path: Path) -> None:
    """The shell has the terminal in between; then the picker has it again, raw and drawn."""
    screen = ask(WEBS)
    screen.wait("3/3")
    screen.press("Escape")
    screen.wait("equal")
    screen.line(f"clear; {quote(sys.executable)} {ASK} choices")
    screen.wait("3/3")
    processes = subprocess.run(["pgrep", "-f", str(ASK)], capture_output=True, text=True)
    os.kill(int(processes.stdout.split()[-1]), signal.SIGSTOP)
    screen.wait("Stopped")
    screen.line("clear; fg")
    screen.wait("3/3")
    screen.type("10")
    screen.wait("1/3")
    screen.press("Enter")
    deadline = time.monotonic() + PATIENCE
    while (tmp_path / "answer").read_bytes() != b'"web-10"':
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_terminal_that_is_gone_ends_it(ask: Ask, tmp_path: Path) -> None:
    """No process is left that waits for keys."""
    screen = ask(WEBS)
    screen.wait("3/3")
    pid = int((tmp_path / "pid").read_text())
    screen.close()
    deadline = time.monotonic() + PATIENCE
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _fzf(options: str = "") -> dict[str, str]:
    if not shutil.which("fzf"):
        raise Lacking("Debian packages (apt-get install fzf)")
    return {"KUBECTX_IGNORE_FZF": "", "FZF_DEFAULT_OPTS": options}


def test_fzf_answers_exactly_whatever_its_options_say(ask: Ask, tmp_path: Path) -> None:
    """Those that change the answer's form do not; all others hold."""
    options = "--prompt=fzf: --multi --print-query --expect=enter --print0 --preview='echo {}'"
    screen = ask([Choice("a"), Choice(HOSTILE, "note")], **_fzf(options))
    screen.wait("fzf:")
    screen.type("reboot")
    screen.wait("1/2")
    screen.press("Enter")
    assert _answer(screen, tmp_path) == HOSTILE


@pytest.mark.parametrize("query", ["", "nothing-has-this"])
def test_fzf_left_without_a_choice(ask: Ask, tmp_path: Path, query: str) -> None:
    """By Escape, or by Enter where nothing matches."""
    screen = ask(WEBS, query, **_fzf("--prompt=fzf:"))
    screen.wait("fzf:")
    screen.press("Enter" if query else "Escape")
    assert _answer(screen, tmp_path) is None


def test_fzf_that_fails_says_so(ask: Ask) -> None:
    """With the way round it."""
    screen = ask(WEBS, **_fzf("--no-such-option"))
    screen.wait("code 1")
    assert "fzf failed with exit code 2 (KUBECTX_IGNORE_FZF=1 does without it)" in screen.screen


def test_without_fzf_ours_is_there(ask: Ask, tmp_path: Path) -> None:
    """Where PATH has none."""
    screen = ask(WEBS, path=str(tmp_path), KUBECTX_IGNORE_FZF="")
    screen.wait(">* prod")
    screen.press("Enter")
    assert _answer(screen, tmp_path) == "prod"

"""A control plane ends with its owner, however that one ends, and leaves nothing."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.lab.child import DIES_WITH_US
from tests.lab.errors import LabError
from tests.lab.folder import remove_orphans
from tests.lab.lab import Lab
from tests.lab.waiting import wait_for

ROOT = Path(__file__).parents[2]
OWNER = """
import sys
from tests.lab.lab import Lab
with Lab(scheduler=True, controllers=True) as lab:
    print(lab.folder, flush=True)
    sys.stdin.read()
"""


def test_leaving_ends_it_all(programs: None) -> None:
    """After the `with` neither a process nor the folder is left."""
    with Lab(scheduler=True, controllers=True) as lab:
        lab.add_node("worker")
        folder = lab.folder
        assert running(folder) == {
            "etcd",
            "kube-apiserver",
            "kube-controller-manager",
            "kube-scheduler",
        }
    assert running(folder) == set()
    assert not folder.exists()


def test_a_killed_owner_takes_its_processes_along(programs: None) -> None:
    """SIGKILL of the owner ends every program; the next session removes the folder."""
    with python("-c", OWNER) as child:
        folder = Path(first_line(child))
        assert len(running(folder)) == 4
        child.kill()
        child.wait()
        wait_for("the end of every program", lambda: not running(folder))
    remove_orphans()
    assert not folder.exists()


def test_an_interrupted_owner_cleans_up(programs: None) -> None:
    """Ctrl-C ends every program and removes the folder."""
    with python("-c", OWNER) as child:
        folder = Path(first_line(child))
        child.send_signal(signal.SIGINT)
        child.wait()
        assert running(folder) == set()
        assert not folder.exists()


def test_a_failed_start_shows_the_log_and_leaves_nothing(programs: None) -> None:
    """A program that does not start says why, in its own words."""
    lab = Lab(apiserver_flags=["--no-such-flag"])
    with pytest.raises(LabError) as failure:
        lab.__enter__()
    first, *_, last = str(failure.value).splitlines()
    assert first == "kube-apiserver ended with exit code 1:"
    assert last == "Error: unknown flag: --no-such-flag"
    assert running(lab.folder) == set()
    assert not lab.folder.exists()


def test_hand_use_stays_until_told_to_stop(programs: None) -> None:
    """`python -m tests.lab` prints what a shell needs, and ends cleanly on SIGTERM."""
    with python("-m", "tests.lab") as child:
        export = first_line(child)
        shell = ["bash", "-c", f"{export}\nkubectl get nodes"]
        nodes = subprocess.run(shell, capture_output=True, text=True, check=False)
        child.terminate()
        assert child.wait() == 0
    assert nodes.stderr == "No resources found\n"


@contextmanager
def python(*args: str) -> Iterator[subprocess.Popen[str]]:
    """Another Python, ended with the test at the latest."""
    pipe = subprocess.PIPE
    command = [*DIES_WITH_US, sys.executable, *args]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as child:
        try:
            yield child
        finally:
            child.kill()


def first_line(child: subprocess.Popen[str]) -> str:
    """What a child says first, once it does."""
    assert child.stdout
    return child.stdout.readline().strip()


def running(folder: Path) -> set[str]:
    """The programs whose command line names this folder."""
    names = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            program, *flags = (process / "cmdline").read_text().split("\0")
        except OSError:  # it has ended meanwhile
            continue
        if any(str(folder) in flag for flag in flags):
            names.add(Path(program).name)
    return names

"""How a frozen run ends, and what is left of it: nothing."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.lab.waiting import wait_for


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The folder that binaries unpack into."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@contextmanager
def _asking(installed: Path, temporary: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A run that waits for an answer of a server that has none; its bootloader and its Python."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        bootloader = subprocess.Popen(
            [installed, "--server", address, "--kubeconfig", os.devnull],
            env={"TMPDIR": str(temporary), "PATH": os.environ["PATH"]},
            start_new_session=True,
        )
        try:
            server.settimeout(30)
            connection, _ = server.accept()
            children = Path(f"/proc/{bootloader.pid}/task/{bootloader.pid}/children").read_text()
            with connection:
                yield bootloader, int(children)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(bootloader.pid, signal.SIGKILL)
            bootloader.wait()


def _runs(pid: int) -> bool:
    """Whether a process has a program: one that is dead, but not yet buried, has none."""
    with suppress(OSError):
        return bool(Path(f"/proc/{pid}/exe").readlink())
    return False


def _is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())


def test_a_run_leaves_no_folder(installed: Path, temporary: Path) -> None:
    """What was unpacked is gone when the run is over."""
    subprocess.run(
        [installed, "--version"],
        env={"TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    assert _is_empty(temporary)


def test_a_killed_bootloader_takes_everything_along(installed: Path, temporary: Path) -> None:
    """No process goes on without its bootloader, and its folder goes with it."""
    with _asking(installed, temporary) as (bootloader, python):
        assert _runs(python)
        bootloader.kill()
        wait_for("Python to end", lambda: not _runs(python))
        wait_for("the folder to go", lambda: _is_empty(temporary))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_both(installed: Path, temporary: Path, number: signal.Signals) -> None:
    """A signal to the bootloader ends the run as it would end any program, and tidily."""
    with _asking(installed, temporary) as (bootloader, python):
        bootloader.send_signal(number)
        assert bootloader.wait() == -number
        assert not _runs(python)
        assert _is_empty(temporary)


def test_the_next_run_removes_what_a_killed_one_left(installed: Path, temporary: Path) -> None:
    """Killed altogether, a run leaves its folder until another of our binaries starts."""
    with _asking(installed, temporary) as (bootloader, python):
        os.killpg(bootloader.pid, signal.SIGKILL)
        wait_for("Python to end", lambda: not _runs(python))
    assert not _is_empty(temporary)
    test_a_run_leaves_no_folder(installed, temporary)


def test_the_next_run_leaves_others_alone(installed: Path, temporary: Path) -> None:
    """Folders of living runs and of other PyInstaller programs stay."""
    foreign = temporary / "_MEIforeign"
    foreign.mkdir()
    with _asking(installed, temporary) as (_, python):
        [first] = temporary.glob("*/kubectl-fieldkit.unpacking")
        os.utime(first, (0, 0))
        first.with_name("kubectl-fieldkit").unlink()  # as where there was no room for it
        before = sorted(temporary.rglob("*"))
        assert len(before) > 2
        subprocess.run(
            [installed, "--version"],
            env={"TMPDIR": str(temporary)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        assert sorted(temporary.rglob("*")) == before
        assert _runs(python)

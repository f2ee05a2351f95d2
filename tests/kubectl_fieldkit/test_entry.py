"""A plugin as the shell sees it: exit codes, broken pipes, full disks, terminals."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

CASES = Path(__file__).parent.parent / "kubectl_taints" / "cases"
TAINTS = [sys.executable, "-m", "kubectl_taints", "--snapshot", str(CASES / "course.yaml")]


def test_version() -> None:
    """--version is the program's, on stdout."""
    done = subprocess.run([*TAINTS[:3], "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == "kubectl-taints v0.1.0\n"


def test_a_wrong_flag_exits_with_2_and_prints_nothing_on_stdout() -> None:
    """A usage error is printed once, on stderr."""
    done = subprocess.run([*TAINTS, "--nope"], capture_output=True, text=True, check=False)
    assert done.stderr == 'error: unknown flag: --nope (see "kubectl taints --help")\n'
    assert (done.returncode, done.stdout) == (2, "")


def test_a_reader_that_goes_away_is_no_error_message() -> None:
    """`kubectl taints | head -0`: the exit code of SIGPIPE, and silence."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(TAINTS, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_full_disk_is_an_error() -> None:
    """Output that could not be written is never reported as success."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(TAINTS, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.stderr == "error: cannot write the output: No space left on device\n"
    assert done.returncode == 1


def test_a_closed_stderr_changes_no_exit_code() -> None:
    """Where nobody can be told, the exit code still says it."""
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *TAINTS, "nope"], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, b"")


def _on_a_terminal(arguments: list[str], columns: int, environ: dict[str, str]) -> str:
    """What the plugin writes to a terminal of that width."""
    screen, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    plain = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    child = subprocess.Popen(
        [*TAINTS, *arguments], stdout=terminal, env=plain | {"TERM": "xterm"} | environ
    )
    os.close(terminal)
    text = b""
    try:
        while piece := os.read(screen, 65536):
            text += piece
    except OSError:  # how Linux says that the other side of a terminal is closed
        pass
    os.close(screen)
    assert child.wait() == 0
    return text.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_and_lines_that_fit() -> None:
    """The last column is folded at the edge; effects are painted; NO_COLOR and --color=never count."""
    painted = _on_a_terminal([], 104, {})
    assert "\x1b[33mNoSchedule\x1b[0m" in painted
    for bare in (
        _on_a_terminal([], 104, {"NO_COLOR": "1"}),
        _on_a_terminal(["--color=never"], 104, {}),
        _on_a_terminal([], 104, {"TERM": "dumb"}),
    ):
        assert "\x1b" not in bare
        assert max(map(len, bare.splitlines())) <= 104
        assert "…" not in bare
    assert "\x1b[33m" in _on_a_terminal(["--color=always"], 104, {"NO_COLOR": "1"})


def test_text_wraps_on_a_narrow_terminal_and_keeps_its_indent() -> None:
    """A sentence is broken between words, never cut."""
    lines = _on_a_terminal(["worker-1"], 50, {"NO_COLOR": "1"}).splitlines()
    assert lines[3:6] == [
        "  new pods need a toleration to come here, and",
        "  pods already here without one are deleted,",
        "  whatever their PodDisruptionBudget says",
    ]


@pytest.mark.parametrize("path", ["/nonexistent/x", "/dev/full"])
def test_a_snapshot_that_cannot_be_written(path: str) -> None:
    """The run fails, says why, and leaves no half file."""
    done = subprocess.run(
        [*TAINTS, "--save-snapshot", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    words = {
        "/nonexistent/x": f'error: cannot write snapshot "{path}": No such file or directory\n',
        "/dev/full": f'error: "{path}" exists already (choose another name; none is overwritten)\n',
    }
    assert done.stderr == words[path]


def test_a_snapshot_that_does_not_fit_is_not_left_half(tmp_path: Path) -> None:
    """Where the disk ends in the middle of the file, the file goes and the error stays."""
    file = tmp_path / "half"
    command = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *TAINTS, "--save-snapshot", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == f'error: cannot write snapshot "{file}": File too large\n'
    assert (done.returncode, file.exists()) == (1, False)


def test_a_saved_snapshot_prints_the_same_bytes(tmp_path: Path) -> None:
    """Recording a run and asking the record gives the very same output, in every format."""
    for form in ("table", "wide", "json", "yaml", "markdown"):
        saved = str(tmp_path / form)
        first = subprocess.run(
            [*TAINTS, "-o", form, "--save-snapshot", saved], capture_output=True, check=True
        )
        again = subprocess.run(
            [*TAINTS[:3], "-o", form, "--snapshot", saved], capture_output=True, check=True
        )
        assert again.stdout == first.stdout

"""Times commands in turns, so that what else the machine does falls on all of them alike."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

WARM_UPS = 2


@dataclass(frozen=True, slots=True)
class Command:
    """A program's words, the first of them a path."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """The medians of a command's runs: wall clock, and the most memory one of its processes held."""

    name: str
    milliseconds: float
    megabytes: float


class Failed(Exception):
    """A command that did not answer: its time says nothing."""


def race(commands: Sequence[Command], environ: Mapping[str, str], turns: int) -> list[Timing]:
    """Runs each command once a turn, after a few turns that do not count.

    A small process of its own runs them: what the one that starts a program holds counts as the program's.
    """
    question = json.dumps([[command.words for command in commands], dict(environ), turns])
    program = (sys.executable, "-I", "-S", __file__)
    done = subprocess.run(program, input=question, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(done.stderr.strip())
    medians = json.loads(done.stdout)
    return [Timing(command.name, *each) for command, each in zip(commands, medians, strict=True)]


def _medians(
    commands: Sequence[list[str]], environ: Mapping[str, str], turns: int
) -> list[list[float]]:
    """Milliseconds and megabytes of each command."""
    runs = [[_run(words, environ) for words in commands] for _ in range(WARM_UPS + turns)]
    by_command = zip(*runs[WARM_UPS:], strict=True)
    return [[statistics.median(each) for each in zip(*runs, strict=True)] for runs in by_command]


def _run(words: list[str], environ: Mapping[str, str]) -> tuple[float, float]:
    """Milliseconds and megabytes of one run; what it prints is thrown away, unless it fails."""
    with TemporaryFile() as talk:
        silence = [
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, talk.fileno(), 2),
        ]
        start = time.perf_counter()
        pid = os.posix_spawn(words[0], words, environ, file_actions=silence)
        _, status, usage = os.wait4(pid, 0)
        elapsed = time.perf_counter() - start
        if code := os.waitstatus_to_exitcode(status):
            talk.seek(0)
            said = f"{Path(words[0]).name} {' '.join(words[1:])}: exit code {code}"
            sys.exit(f"{said}\n{talk.read().decode()}")
    return elapsed * 1000, usage.ru_maxrss / 1024


if __name__ == "__main__":
    json.dump(_medians(*json.load(sys.stdin)), sys.stdout)

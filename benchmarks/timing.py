"""Times commands in turns, so that what else the machine does falls on all of them alike."""

import os
import statistics
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
    """Runs each command once a turn, after a few turns that do not count."""
    turn_results = [
        [_run(command, environ) for command in commands] for _ in range(WARM_UPS + turns)
    ]
    by_command = zip(*turn_results[WARM_UPS:], strict=True)
    return [
        Timing(command.name, *map(statistics.median, zip(*runs, strict=True)))
        for command, runs in zip(commands, by_command, strict=True)
    ]


def _run(command: Command, environ: Mapping[str, str]) -> tuple[float, float]:
    """Milliseconds and megabytes of one run; what it prints is thrown away, unless it fails.

    A process counts the memory of the one that spawned it as its own: 40 MB is the least there is.
    """
    with TemporaryFile() as talk:
        silence = [
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, talk.fileno(), 2),
        ]
        start = time.perf_counter()
        pid = os.posix_spawn(command.words[0], command.words, environ, file_actions=silence)
        _, status, usage = os.wait4(pid, 0)
        elapsed = time.perf_counter() - start
        if code := os.waitstatus_to_exitcode(status):
            talk.seek(0)
            words = f"{Path(command.words[0]).name} {' '.join(command.words[1:])}"
            raise Failed(f"{words}: exit code {code}\n{talk.read().decode()}")
    return elapsed * 1000, usage.ru_maxrss / 1024

"""Upstream's own judgement, by the thousand: questions in, answers out, in the order asked."""

import json
import subprocess
import tempfile
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from threading import Thread
from typing import IO, Any, Literal

from tests.lab.child import DIES_WITH_US, stop
from tests.lab.errors import LabError

Verb = Literal["default", "psa", "schedule"]


class Oracle:
    """Asks the oracle program, one process for each row of questions."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask(self, verb: Verb, questions: Iterable[object]) -> Generator[dict[str, Any]]:
        """One answer a question, as they come; what the oracle cannot judge is answered with an `error`."""
        with tempfile.TemporaryFile("w+") as words:
            child = subprocess.Popen(
                [*DIES_WITH_US, self._path, verb],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
            )
            try:
                yield from _converse(child, questions)
                if child.wait():
                    words.seek(0)
                    raise LabError(f"oracle {verb}: exit code {child.returncode}\n{words.read()}")
            finally:
                stop(child)


def _converse(
    child: subprocess.Popen[bytes], questions: Iterable[object]
) -> Iterator[dict[str, Any]]:
    """Asks from a thread: a pipe that is full in one direction must not keep the other from draining."""
    assert child.stdin
    assert child.stdout
    asking = Thread(target=_write, args=(child.stdin, questions), name="oracle", daemon=True)
    asking.start()
    with child.stdout as answers:
        yield from map(json.loads, answers)
    asking.join()


def _write(pipe: IO[bytes], questions: Iterable[object]) -> None:
    try:
        with pipe:
            pipe.writelines(json.dumps(question).encode() + b"\n" for question in questions)
    except BrokenPipeError:
        pass  # the oracle has ended, and says itself why

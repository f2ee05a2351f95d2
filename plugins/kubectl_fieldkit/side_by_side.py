"""Several questions at a time, none of which can hold up the answer."""

import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import TIMEOUT_MAX, Thread
from typing import TypeVar

T = TypeVar("T")


def side_by_side(
    jobs: Sequence[Callable[[], T]], seconds: float = TIMEOUT_MAX / 2, at_once: int = 16
) -> list[T | None]:
    """What each job gives, in their order; None of one that took longer than `seconds`.

    Such a job is left behind: a name look-up in libc, say, cannot be interrupted.
    """
    done: SimpleQueue[tuple[int, T | BaseException]] = SimpleQueue()
    answers: list[T | None] = [None] * len(jobs)
    deadlines: dict[int, float] = {}
    begun = 0
    while begun < len(jobs) or deadlines:
        while begun < len(jobs) and len(deadlines) < at_once:
            deadlines[begun] = time.monotonic() + seconds
            Thread(target=_work, args=(begun, jobs[begun], done), daemon=True).start()
            begun += 1
        at, first = min(deadlines.items(), key=lambda item: item[1])
        try:
            at, answer = done.get(timeout=max(0.0, first - time.monotonic()))
        except Empty:
            deadlines.pop(at)
            continue
        if isinstance(answer, BaseException):
            raise answer
        if deadlines.pop(at, None):
            answers[at] = answer
    return answers


def begin(job: Callable[[], T]) -> Callable[[], T]:
    """Starts a job on a thread of its own; what is returned waits for its end, and gives or raises what it does."""
    done: SimpleQueue[tuple[int, T | BaseException]] = SimpleQueue()
    Thread(target=_work, args=(0, job, done), daemon=True).start()

    def end() -> T:
        _, answer = done.get()
        if isinstance(answer, BaseException):
            raise answer
        return answer

    return end


def _work(at: int, job: Callable[[], T], done: SimpleQueue[tuple[int, T | BaseException]]) -> None:
    try:
        done.put((at, job()))
    except BaseException as err:  # it is the caller's, whatever it is
        done.put((at, err))

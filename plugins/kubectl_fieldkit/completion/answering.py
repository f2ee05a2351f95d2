"""Answers kubectl's question for choices: in silence, in time, and with a directive whatever happens."""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread

from kubectl_fieldkit.completion import choices
from kubectl_fieldkit.completion.choices import Choice
from kubectl_fieldkit.completion.patience import Patience, begin
from kubectl_fieldkit.verbs import Verbs

DEBUG_FILE = "BASH_COMP_DEBUG_FILE"  # where Cobra's own scripts tell what went wrong


def answer(verbs: Verbs, argv: Sequence[str]) -> int:
    """Prints what may stand at the cursor, which is in the last word; the exit code is always 0.

    A look-up that takes too long is left behind: libc's of a host's name cannot be interrupted.
    """
    patience = begin()
    _be_silent()
    found: list[tuple[list[Choice], int]] = []
    job = Thread(target=_look, args=(verbs, argv, os.environ, patience, found), daemon=True)
    try:
        job.start()
        job.join(patience.left)
        offered, directive = found[0] if found else ([], choices.NO_FILES)
        sys.stdout.buffer.write(choices.written(offered, directive).encode("utf-8", "replace"))
        sys.stdout.flush()
    finally:
        _end_children()
    return 0


def _look(
    verbs: Verbs,
    argv: Sequence[str],
    environ: Mapping[str, str],
    patience: Patience,
    found: list[tuple[list[Choice], int]],
) -> None:
    from kubectl_fieldkit.completion.line import find_cursor
    from kubectl_fieldkit.completion.offers import offer

    try:
        found.append(offer(find_cursor(verbs, argv), verbs, environ, patience))
    except Exception as err:  # whatever it is, a prompt is no place for it
        _tell(f"fieldkit: {type(err).__name__}: {err}", environ)


def _tell(text: str, environ: Mapping[str, str]) -> None:
    if path := environ.get(DEBUG_FILE):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")


def _be_silent() -> None:
    """Nothing may be written over the line that somebody is typing; and Ctrl-C ends what we started."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):  # Windows has no SIGHUP
            signal.signal(number, _leave)


def _leave(number: int, _: object) -> None:
    raise SystemExit(128 + number)


def _end_children() -> None:
    """Ends a credential plugin that still runs, where one was started."""
    if unattended := sys.modules.get("kubectl_fieldkit.kubeconfig.unattended"):
        unattended.end_all()

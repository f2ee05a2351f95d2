"""Asks with the picker, for tests in a terminal: `ask.py CHOICES [QUERY]`, the answer into `answer`."""

import os
import signal
import sys
from pathlib import Path

import msgspec

from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.picker import Choice, can_pick, pick


def main() -> None:
    """Reads the choices of a JSON file; the answer is JSON, as names may hold anything."""
    choices = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=list[Choice])
    assert can_pick(os.environ)
    answer = pick(choices, query=" ".join(sys.argv[2:]), environ=os.environ)
    Path("answer").write_bytes(msgspec.json.encode(answer))


signal.signal(signal.SIGINT, signal.SIG_DFL)  # as the plugins' entry has it
try:
    main()
except FieldkitError as err:
    sys.exit(err.line)

"""`--watch`: the answer again whenever it changes, until everything that is asked about has a node."""

import sys
import time

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.reading import Source
from kubectl_why_pending.cli.answering import ask, screen_of, tell_unread
from kubectl_why_pending.cli.question import ExplainPending

SCHEDULED = "Starting"  # it has a node, and what is left is not the scheduler's
PAUSE = 3.0  # seconds from one answer to the next look


def watch(request: ExplainPending, source: Source) -> int:
    """0 as soon as every pod has a node, or none waits; Ctrl-C ends it before."""
    before = ""
    while True:
        found = ask(request, source)
        text = screen_of(request, source, found)
        if text != before and found.items:
            output.write(f"{time.strftime('%H:%M:%S')}\n{text}\n", sys.stdout)
        if not before:
            tell_unread(found)
        before = text
        if all(item.state == SCHEDULED for item in found.items):
            for line in found.notes:
                entry.tell(line)
            return 0
        time.sleep(PAUSE)

"""`--watch`: the answer again whenever it changes, until nothing that is asked about waits."""

import sys
import time

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.reading import Source
from kubectl_why_pending.cli.answering import ask, screen_of, talk
from kubectl_why_pending.cli.question import ExplainPending

PAUSE = 3.0  # seconds from one answer to the next look


def watch(request: ExplainPending, source: Source) -> int:
    """0 as soon as nothing waits; Ctrl-C ends it before."""
    before = ""
    while True:
        found = ask(request, source)
        text = screen_of(request, source, found)
        if text != before and found.items:
            output.write(f"{time.strftime('%H:%M:%S')}\n{text}\n", sys.stdout)
        before = text
        if not found.items:
            talk(found)
            return 0
        if found.incomplete:
            entry.tell("not everything could be read: see the right in docs/rbac/why-pending.yaml")
        time.sleep(PAUSE)

"""request → answer: `kubectl proxy-mode [NODE…]`."""

import sys

from kubectl_fieldkit import entry, output
from kubectl_proxy_mode.cli.answering import Answer, answered
from kubectl_proxy_mode.cli.question import ShowModes


def run(request: ShowModes) -> int:
    """Gather, ask, decide, report, emit; 1 when a named node is not there."""
    flags = request.output
    with answered(request.source, request.nodes, request.selector, request.probing) as answer:
        from kubectl_proxy_mode.report import of_cluster

        report = of_cluster(
            answer.cluster, answer.findings, answer.incomplete, flags.format == "wide"
        )
        text = output.render(report, flags.format, entry.screen(flags.color), flags.headers)
    output.write(text if answer.cluster.judged or not answer.missing else "", sys.stdout)
    _talk(answer)
    return 1 if answer.missing else 0


def _talk(answer: Answer) -> None:
    if not answer.cluster.judged and not answer.missing:
        entry.tell("No resources found")
    tell_unread(answer)
    for err in answer.missing:
        entry.tell(err.line)


def tell_unread(answer: Answer) -> None:
    """What could not be read, each with what would settle it."""
    for read in answer.incomplete:
        entry.tell(
            f"Warning: {read.resource} are unknown: {read.reason} (it takes {read.settled_by})"
        )

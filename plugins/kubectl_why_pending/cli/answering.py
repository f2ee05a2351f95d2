"""request → answer: `kubectl why-pending`."""

import sys
from collections.abc import Sequence

from kubectl_fieldkit import entry, output
from kubectl_fieldkit.errors import FieldkitError
from kubectl_fieldkit.findings import COULD_NOT_TELL
from kubectl_fieldkit.reading import Source
from kubectl_fieldkit.selectors import Requirement
from kubectl_fieldkit.source import open_source
from kubectl_why_pending import report
from kubectl_why_pending.answer import Answer, answer
from kubectl_why_pending.choosing import Question
from kubectl_why_pending.cli.question import ExplainPending
from kubectl_why_pending.items import PendingItem

NOTHING_WAITS = "nothing waits"


def run(request: ExplainPending) -> int:
    """Gather, decide, report, emit; 0 unless `--exit-code` asks for more."""
    try:
        with open_source(request.source) as source:
            if request.watch:
                from kubectl_why_pending.cli.watching import watch

                return watch(request, source)
            return show(request, source, ask(request, source))
    except FieldkitError as err:
        if not request.exit_code:
            raise
        entry.tell(err.line)
        return COULD_NOT_TELL


def ask(request: ExplainPending, source: Source) -> Answer:
    """The answer; ServerError where a pod that was named is not there."""
    if request.files:
        from kubectl_why_pending.foretelling import foretell

        return foretell(source, request.files)
    return answer(source, _question(request, source), fixes=_in_detail(request))


def _question(request: ExplainPending, source: Source) -> Question:
    namespace = "" if request.all_namespaces else source.namespace
    labels: tuple[Requirement, ...] = ()
    if request.selector:
        from kubectl_fieldkit.selectors import parse_labels

        labels = parse_labels(request.selector)
    pods = [t.name for t in request.targets if t.resource.plural == "pods"]
    owners = [
        (t.resource.group, t.resource.kind, namespace, t.name)
        for t in request.targets
        if t.resource.plural != "pods"
    ]
    return Question(namespace, (*request.pods, *pods), tuple(owners), labels)


def show(request: ExplainPending, source: Source, found: Answer) -> int:
    """The screen or the document, and what could not be told."""
    output.write(screen_of(request, source, found), sys.stdout)
    talk(found)
    return exit_code(request, found.items, bool(found.incomplete))


def screen_of(request: ExplainPending, source: Source, found: Answer) -> str:
    """The answer in the format asked for: in detail where pods were named, else an overview."""
    in_detail = _in_detail(request) or len(found.items) == 1
    view = report.View(request.output.format == "wide", request.nodes, in_detail)
    return output.render(
        report.of_items(found.items, found.incomplete, source.server_version, view),
        request.output.format,
        entry.screen(request.output.color),
        request.output.headers,
    )


def _in_detail(request: ExplainPending) -> bool:
    """Whether each pod is told in full: where some were named, or a program or a wide screen asks."""
    named = bool(request.pods or request.targets or request.files)
    return named or request.output.format in ("wide", "json", "yaml", "markdown")


def talk(found: Answer) -> None:
    """What stands beside the answer: running pods that were named, and what could not be read."""
    for line in found.notes:
        entry.tell(line)
    if not found.items and not found.notes:
        entry.tell(NOTHING_WAITS)
    tell_unread(found)


def tell_unread(found: Answer) -> None:
    """Which lists could not be read, and what would settle it."""
    for read in found.incomplete:
        entry.tell(f"{read.resource} are unknown: {read.reason} (it takes {read.settled_by})")


def exit_code(request: ExplainPending, items: Sequence[PendingItem], incomplete: bool) -> int:
    """0, or with --exit-code 1 for something that waits and 2 where that is not certain."""
    if not request.exit_code:
        return 0
    if incomplete and not request.allow_incomplete:
        return COULD_NOT_TELL
    return 1 if items else 0

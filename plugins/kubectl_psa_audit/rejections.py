"""Pods that a controller could not create: FailedCreate events, beside the violations they name."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from kubectl_fieldkit.envelope import Document
from kubectl_fieldkit.objects.event import Event
from kubectl_psa_audit.evaluate import Violation

REASON = "FailedCreate"
VIOLATES = 'violates PodSecurity "'


class Rejection(Document, frozen=True):
    """What the server told a controller; `checks` are the workload's own violations that it names."""

    object: str
    policy: str
    text: str
    checks: list[str]
    count: int
    last: datetime | None


def rejections(violations: Sequence[Violation], events: Iterable[Event]) -> list[Rejection]:
    """The refusals among a workload's events, the latest of each object and text."""
    found: dict[tuple[str, str, str], Rejection] = {}
    for event in events:
        for rejection in _refusals(event, violations):
            found[rejection.object, rejection.policy, rejection.text] = rejection
    return [found[key] for key in sorted(found)]


def _refusals(event: Event, violations: Sequence[Violation]) -> Iterator[Rejection]:
    """An event's message is cut after 1,024 bytes, in the middle of a sentence if need be."""
    about = event.involved_object
    policy, colon, text = event.message.partition(VIOLATES)[2].partition('": ')
    if event.reason == REASON and colon:
        yield Rejection(
            object=f"{about.kind}/{about.name}",
            policy=policy,
            text=text,
            checks=[v.check for v in violations if f"{v.reason} ({v.detail})" in text],
            count=event.count,
            last=event.last_timestamp,
        )

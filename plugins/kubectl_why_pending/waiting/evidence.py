"""What a pod's state is told by."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from kubectl_fieldkit.ages import human_duration
from kubectl_why_pending.objects.event import Event, Lease
from kubectl_why_pending.objects.node import Node
from kubectl_why_pending.objects.pod import Pod


class Waiting(Struct, frozen=True):
    """A state, one sentence on it, what says so, and what to do about it."""

    state: str
    headline: str
    evidence: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


class Evidence(Struct, frozen=True):
    """What was read beside the pod.

    `events` are those about the pod, newest last; `leases` those of kube-system, None where they could
    not be read; `fits` the nodes that the pod would fit on now; `leaving` the pods that go from its
    nominated node; `held` why its claims keep it out of the queue; `closing` the namespaces that are
    being deleted.
    """

    now: datetime
    events: Sequence[Event] = ()
    leases: Sequence[Lease] | None = None
    nodes: Mapping[str, Node] = {}
    fits: Sequence[str] = ()
    leaving: Sequence[Pod] = ()
    held: Sequence[str] = ()
    closing: frozenset[str] = frozenset()

    def since(self, moment: datetime | None) -> str:
        """`for 5m`, or nothing where the moment is unknown."""
        return f"for {human_duration((self.now - moment).total_seconds())}" if moment else ""

    def said(self, *reasons: str) -> list[Event]:
        """The events of these reasons."""
        return [event for event in self.events if event.reason in reasons]


def in_words(event: Event, now: datetime) -> str:
    """`FailedMount (kubelet, 3 times, 2m ago): …`."""
    times = f", {event.times} times" if event.times > 1 else ""
    ago = f", {human_duration((now - event.said_at).total_seconds())} ago" if event.said_at else ""
    return f"{event.reason} ({event.said_by or 'unknown'}{times}{ago}): {event.message}"

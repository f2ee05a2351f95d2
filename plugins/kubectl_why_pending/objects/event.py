"""core/v1 Event and coordination.k8s.io/v1 Lease: what was said, and who is alive to say it."""

from datetime import datetime

from msgspec import field

from kubectl_fieldkit.objects.event import ObjectReference
from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource


class EventSeries(Kube, frozen=True):
    """How often the same was said, in the newer form of events."""

    count: int = 0
    last_observed_time: datetime | None = None


class EventSource(Kube, frozen=True):
    """Who said it, in the older form."""

    component: str = ""


class Event(KubeObject, frozen=True):
    """A message about an object; `said_by` and `said_at` hold whichever form it has."""

    involved_object: ObjectReference = ObjectReference()
    type: str = ""
    reason: str = ""
    message: str = ""
    count: int = 0
    last_timestamp: datetime | None = None
    event_time: datetime | None = None
    series: EventSeries | None = None
    source: EventSource = EventSource()
    reporting_component: str = field(name="reportingComponent", default="")

    @property
    def said_by(self) -> str:
        """The component that said it."""
        return self.reporting_component or self.source.component

    @property
    def said_at(self) -> datetime | None:
        """When it was said last."""
        series = self.series.last_observed_time if self.series else None
        created = self.metadata.creation_timestamp
        return self.last_timestamp or series or self.event_time or created

    @property
    def times(self) -> int:
        """How often it was said."""
        return max(self.count, self.series.count if self.series else 0, 1)


EVENTS = Resource(
    "",
    "v1",
    "events",
    "Event",
    True,
    Event,
    (
        ("reason", lambda e: e.reason),
        ("involvedObject.name", lambda e: e.involved_object.name),
    ),
)


class LeaseSpec(Kube, frozen=True):
    """Who holds it, and until when it is good."""

    holder_identity: str = ""
    lease_duration_seconds: int = 0
    renew_time: datetime | None = None


class Lease(KubeObject, frozen=True):
    """A program's sign of life; a scheduler's is called as the scheduler is."""

    spec: LeaseSpec = LeaseSpec()


LEASES = Resource("coordination.k8s.io", "v1", "leases", "Lease", True, Lease)

"""core/v1 Event: what a controller or the scheduler had to say about an object."""

from datetime import datetime

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource


class ObjectReference(Kube, frozen=True):
    """The object that an event is about."""

    api_version: str = ""
    kind: str = ""
    namespace: str = ""
    name: str = ""


class Event(KubeObject, frozen=True):
    """A message, and how often it was said."""

    involved_object: ObjectReference = ObjectReference()
    reason: str = ""
    message: str = ""
    count: int = 0
    last_timestamp: datetime | None = None


EVENTS = Resource("", "v1", "events", "Event", True, Event, (("reason", lambda e: e.reason),))

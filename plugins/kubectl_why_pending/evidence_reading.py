"""Reads what tells which waiting it is: events, leases, and the workloads that made no pods."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.reader import Reader
from kubectl_fieldkit.reading import Request
from kubectl_why_pending.objects.event import EVENTS, LEASES, Event, Lease
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.waiting.schedulers import is_untried

if TYPE_CHECKING:
    from kubectl_why_pending.objects.workload import Workload

AFFECTS = ["items[].state", "items[].evidence"]
SCHEDULERS = "kube-system"  # where schedulers keep their leases

About = dict[tuple[str, str, str], list[Event]]  # kind, namespace, name → events, newest last


def read_events(reader: Reader, namespace: str, only: str = "") -> About:
    """The events of a namespace (all of them where it is empty), or those about one name."""
    selector = f"involvedObject.name={only}" if only else ""
    request = Request(EVENTS, namespace=namespace, field_selector=selector)
    about: About = {}
    for event in sorted(reader.read(request, AFFECTS) or (), key=_when):
        it = event.involved_object
        about.setdefault((it.kind, it.namespace, it.name), []).append(event)
    return about


def _when(event: Event) -> str:
    return event.said_at.isoformat() if event.said_at else ""


def read_leases(reader: Reader, pods: Sequence[Pod]) -> Sequence[Lease] | None:
    """The schedulers' leases, where a pod was not tried by any; nothing is read for others."""
    if not any(is_untried(pod) for pod in pods if not pod.spec.node_name):
        return ()
    return reader.read(Request(LEASES, namespace=SCHEDULERS), ["items[].evidence"])


def read_workloads(reader: Reader, namespace: str) -> "list[tuple[Resource[Any], Workload]]":
    """Everything that makes pods; an empty namespace is all of them."""
    from kubectl_why_pending.objects.workload import WORKLOADS

    return [
        (resource, workload)
        for resource in WORKLOADS
        for workload in reader.read(Request(resource, namespace=namespace), ["items"]) or ()
    ]

"""Workloads that have fewer pods than they want, because none could be made or none is wanted."""

from collections.abc import Mapping
from typing import Any

from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.workloads import Key
from kubectl_why_pending.describing import NOT_ASKED
from kubectl_why_pending.evidence_reading import About
from kubectl_why_pending.items import PendingItem, SchedulerItem
from kubectl_why_pending.objects.workload import Workload
from kubectl_why_pending.owning import Workloads, key_of, owners_among
from kubectl_why_pending.waiting.evidence import Evidence, Waiting
from kubectl_why_pending.waiting.not_created import not_created, short_of

NO_POD = SchedulerItem("", None, "there is no pod that a scheduler could try")


def lacking(
    workloads: Workloads, asked: frozenset[Key], about: About, evidence: Evidence
) -> list[PendingItem]:
    """Those that say why: all of them, or (`asked`) these workloads and what they own.

    One that is switched off is told only to who asks for it by name. A Deployment is told by its
    ReplicaSet, where that has something to say.
    """
    owners = owners_among(workloads)
    items: list[PendingItem] = []
    told: set[Key | None] = set()
    for resource, workload in sorted(workloads, key=lambda pair: pair[0].kind == "Deployment"):
        key = key_of(resource, workload)
        named = key in asked
        if asked and not named and not _is_owned(key, asked, owners):
            continue
        if key in told or not (found := _why(resource, workload, named, about, evidence)):
            continue
        told.add(owners.get(key))
        items.append(_item(resource, workload, found))
    return sorted(items, key=lambda item: (item.namespace, item.kind, item.name))


def _is_owned(key: Key, asked: frozenset[Key], owners: Mapping[Key, Key]) -> bool:
    owner = owners.get(key)
    return owner is not None and (owner in asked or owners.get(owner) in asked)


def _why(
    resource: Resource[Any], workload: Workload, named: bool, about: About, evidence: Evidence
) -> Waiting | None:
    short = short_of(resource, workload)
    if not named and (short.there >= short.wanted or workload.spec.suspend):
        return None
    meta = workload.metadata
    events = about.get((resource.kind, meta.namespace, meta.name), [])
    return not_created(short, events, evidence)


def _item(resource: Resource[Any], workload: Workload, found: Waiting) -> PendingItem:
    return PendingItem(
        namespace=workload.metadata.namespace,
        name=workload.metadata.name,
        kind=resource.kind,
        state=found.state,
        headline=found.headline,
        evidence=list(found.evidence),
        next=list(found.next),
        autoscaler=[],
        fits=[],
        scheduler=NO_POD,
        nodes=[],
        preemption=NOT_ASKED,
        fixes=[],
        uncertain=[],
    )

"""What becomes of a pod on a tainted node: it goes, goes later, stays, or stays for this once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from kubectl_fieldkit.envelope import Certainty, Document
from kubectl_fieldkit.objects.node import Taint
from kubectl_fieldkit.objects.pod import Pod, Toleration
from kubectl_fieldkit.tolerations import (
    PREFER_NO_SCHEDULE,
    by_comparison,
    describe,
    find_toleration,
    untolerated,
)
from kubectl_taints.eviction import deletion_time, latest_deletion, seconds_to_stay

Outcome = Literal["leaving", "evicted-now", "evicted-later", "stays-only", "stays"]
OUTCOMES: tuple[Outcome, ...] = ("leaving", "evicted-now", "evicted-later", "stays-only", "stays")


class Through(Document, frozen=True):
    """A taint and the toleration that lets the pod stand it; an empty one where none does.

    `gated` is the Lt or Gt toleration that would, with the gate
    TaintTolerationComparisonOperators, which is off by default.
    """

    taint: str
    toleration: str
    gated: str


class PodStanding(Document, frozen=True):
    """One pod on the node.

    `outcome`: leaving (deleted already), evicted-now, evicted-later (after `evicted_after_seconds`,
    at `evicted_at` or, where only the list's last change is known, not after `evicted_by`),
    stays-only (a NoSchedule taint lets it be, but it could not come back), stays.
    """

    namespace: str
    name: str
    owner: str
    phase: str
    outcome: Outcome
    certainty: Certainty
    evicted_after_seconds: int | None
    evicted_at: datetime | None
    evicted_by: datetime | None
    through: list[Through]


def stand(pod: Pod, taints: Sequence[Taint], written: datetime | None = None) -> PodStanding:
    """What the node's taints do to the pod; `written` is when the list was changed last."""
    tolerations = pod.spec.tolerations
    seconds = seconds_to_stay(taints, tolerations)
    return PodStanding(
        namespace=pod.metadata.namespace,
        name=pod.metadata.name,
        owner=_owner(pod),
        phase=pod.status.phase,
        outcome=_outcome(pod, taints, seconds),
        certainty=_certainty(pod, taints),
        evicted_after_seconds=seconds,
        evicted_at=deletion_time(taints, tolerations),
        evicted_by=latest_deletion(taints, tolerations, written),
        through=[
            _through(taint, tolerations) for taint in taints if taint.effect != PREFER_NO_SCHEDULE
        ],
    )


def _outcome(pod: Pod, taints: Sequence[Taint], seconds: int | None) -> Outcome:
    if pod.metadata.deletion_timestamp:
        return "leaving"
    if seconds == 0:
        return "evicted-now"
    if seconds is not None:
        return "evicted-later"
    return "stays-only" if untolerated(taints, pod.spec.tolerations) else "stays"


def _certainty(pod: Pod, taints: Sequence[Taint]) -> Certainty:
    """Unknown where an Lt or Gt toleration decides: whether it counts is a gate of the server."""
    if pod.metadata.deletion_timestamp:
        return "observed"
    refused = untolerated(taints, pod.spec.tolerations)
    return (
        "unknown"
        if any(by_comparison(taint, pod.spec.tolerations) for taint in refused)
        else "inferred"
    )


def _through(taint: Taint, tolerations: Sequence[Toleration]) -> Through:
    toleration = find_toleration(tolerations, taint)
    gated = None if toleration else by_comparison(taint, tolerations)
    return Through(
        taint=str(taint),
        toleration=describe(toleration) if toleration else "",
        gated=describe(gated) if gated else "",
    )


def _owner(pod: Pod) -> str:
    controllers = (o for o in pod.metadata.owner_references if o.controller)
    owner = next(controllers, None)
    return f"{owner.kind}/{owner.name}" if owner else ""


def order(standing: PodStanding) -> tuple[int, float, str, str]:
    """Those that go come first, the soonest before all; then by namespace and name."""
    when = standing.evicted_at.timestamp() if standing.evicted_at else 0.0
    return OUTCOMES.index(standing.outcome), when, standing.namespace, standing.name

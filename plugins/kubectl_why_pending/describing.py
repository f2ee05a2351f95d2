"""A decision as an item: what is printed, and what programs read."""

from msgspec import UNSET

from kubectl_why_pending.agreement import compare
from kubectl_why_pending.deciding import Decision, Decisions
from kubectl_why_pending.items import (
    PendingItem,
    PreemptionItem,
    SchedulerItem,
    VictimsItem,
)
from kubectl_why_pending.objects.pod import Pod

NOT_ASKED = PreemptionItem({}, "")


def describe(pod: Pod, decisions: Decisions) -> PendingItem:
    """One pod that waits; a pod with a node has no verdict."""
    decision = decisions.of(pod) if not pod.spec.node_name else None
    return _item(pod, decision, len(decisions.cluster.nodes))


def _item(pod: Pod, decision: Decision | None, nodes: int) -> PendingItem:
    said = SchedulerItem("", None, "the pod has a node")
    message: str = ""
    unknown: list[str] = []
    if decision:
        unknown = sorted({resource.plural for resource in decision.unknown.values()})
        compared = compare(pod, decision.message, decision.forecast.best, nodes, unknown)
        said = SchedulerItem(compared.message, compared.agrees, compared.why)
        message = decision.message
    return PendingItem(
        namespace=pod.metadata.namespace,
        name=pod.metadata.name,
        kind="Pod",
        state=_state(pod, decision),
        headline="",
        evidence=[],
        next=[],
        autoscaler=[],
        message=message or UNSET,
        fits=sorted(decision.verdict.fits) if decision else [],
        scheduler=said,
        nodes=decision.nodes if decision else [],
        preemption=_preemption(decision) if decision else NOT_ASKED,
        fixes=[],
        uncertain=unknown,
    )


def _state(pod: Pod, decision: Decision | None) -> str:
    if decision is None:
        return "Starting"
    return "Schedulable" if decision.verdict.fits else "Unschedulable"


def _preemption(decision: Decision) -> PreemptionItem:
    candidates = {
        node: VictimsItem([pod.key for pod in victims.pods], victims.violations)
        for node, victims in sorted(decision.forecast.candidates.items())
    }
    return PreemptionItem(candidates, decision.forecast.message)

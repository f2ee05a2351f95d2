"""A decision as an item: what is printed, and what programs read."""

from msgspec import UNSET
from msgspec.structs import replace

from kubectl_why_pending.agreement import compare
from kubectl_why_pending.deciding import Decision, Decisions
from kubectl_why_pending.items import (
    FixItem,
    PendingItem,
    PreemptionItem,
    SchedulerItem,
    VictimsItem,
)
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.scheduler.claims import held_back
from kubectl_why_pending.waiting import waiting_of
from kubectl_why_pending.waiting.autoscalers import autoscalers
from kubectl_why_pending.waiting.evidence import Evidence, Waiting

FIXABLE = ("Unschedulable", "Queued", "Gated", "Nominated")
NOT_ASKED = PreemptionItem({}, "")


def describe(pod: Pod, decisions: Decisions, evidence: Evidence, with_fixes: bool) -> PendingItem:
    """One pod that waits; a pod with a node, or on its way out, has no verdict."""
    is_tried = not pod.spec.node_name and not pod.metadata.deletion_timestamp
    decision = decisions.of(pod) if is_tried else None
    if decision:
        leaving = _leaving(pod, decisions)
        fits, held = sorted(decision.verdict.fits), held_back(pod, decisions.cluster)
        evidence = replace(evidence, fits=fits, leaving=leaving, held=held)
    found = waiting_of(pod, evidence)
    is_fixable = with_fixes and decision is not None and found.state in FIXABLE
    fixes = decisions.fixes_of(pod) if is_fixable else []
    return item_of(pod, decision, len(decisions.cluster.nodes), found, evidence, fixes)


def _leaving(pod: Pod, decisions: Decisions) -> list[Pod]:
    """The lesser pods that leave the node which is nominated for this one."""
    node = decisions.cluster.nodes.get(pod.status.nominated_node_name)
    priority = pod.spec.priority or 0
    pods = [other for other in node.pods if other.priority < priority] if node else []
    return [other.pod for other in pods if other.pod.metadata.deletion_timestamp]


def item_of(
    pod: Pod,
    decision: Decision | None,
    nodes: int,
    found: Waiting,
    evidence: Evidence,
    fixes: list[FixItem],
    kind: str = "Pod",
) -> PendingItem:
    """The item of a pod, or of what makes it; without a decision there is no verdict."""
    why = "the pod has a node" if pod.spec.node_name else "no scheduler is asked"
    said = SchedulerItem("", None, why)
    message: str = ""
    unknown: list[str] = []
    if decision:
        unknown = [f"{name}: {lack}" for name, lack in sorted(decision.unknown.items())]
        compared = compare(pod, decision.message, decision.forecast.best, nodes, unknown)
        said = SchedulerItem(compared.message, compared.agrees, compared.why)
        message = "" if "nodes" in decision.doubts else decision.message
    return PendingItem(
        namespace=pod.metadata.namespace,
        name=pod.metadata.name,
        kind=kind,
        state=found.state,
        headline=found.headline,
        evidence=list(found.evidence),
        next=list(found.next),
        autoscaler=list(autoscalers(evidence.events, evidence.now)),
        message=message or UNSET,
        fits=sorted(decision.verdict.fits) if decision else [],
        scheduler=said,
        nodes=decision.nodes if decision else [],
        preemption=_preemption(decision) if decision else NOT_ASKED,
        fixes=fixes,
        uncertain=unknown,
    )


def _preemption(decision: Decision) -> PreemptionItem:
    candidates = {
        node: VictimsItem([pod.key for pod in victims.pods], victims.violations)
        for node, victims in sorted(decision.forecast.candidates.items())
    }
    return PreemptionItem(candidates, decision.forecast.message)

"""NotCreated: a workload has fewer pods than it wants, and its owner says why none is made."""

from collections.abc import Sequence

from msgspec import Struct

from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.event import Event
from kubectl_why_pending.objects.workload import DaemonSet, Workload
from kubectl_why_pending.waiting.daemon_nodes import left_out
from kubectl_why_pending.waiting.evidence import Evidence, Waiting, in_words
from kubectl_why_pending.waiting.refusals import refusal_in

STATE = "NotCreated"
ENDED = ("Complete", "SuccessCriteriaMet", "Failed", "FailureTarget")
SHOWN = 3  # nodes that a DaemonSet leaves out


class Short(Struct, frozen=True):
    """A workload and what it lacks: `wanted` pods, and `there` are so many."""

    resource: Resource[Workload]
    workload: Workload
    wanted: int
    there: int

    @property
    def headline(self) -> str:
        """`0 of 2 pods are there`."""
        return f"{self.there} of {self.wanted} pods are there"


def not_created(short: Short, events: Sequence[Event], evidence: Evidence) -> Waiting | None:
    """Why there are too few pods; None where there are enough, or nothing says why."""
    if found := _switched_off(short):
        return found
    if short.there >= short.wanted:
        return _leaves_out(short, evidence)
    return _closing(short, evidence) or _refused(short, events, evidence) or _in_order(short)


def _switched_off(short: Short) -> Waiting | None:
    """Nobody wants a pod: that is no fault, but it answers the question."""
    spec, kind = short.workload.spec, short.resource.kind
    name, namespace = short.workload.metadata.name, short.workload.metadata.namespace
    target = f"{kind.lower()}/{name} -n {namespace}"
    if spec.suspend:
        undo = f'kubectl patch {target} -p \'{{"spec":{{"suspend":false}}}}\''
        return Waiting(STATE, "it is suspended (spec.suspend)", (), (undo,))
    if spec.paused and short.there < short.wanted:
        resume = f"kubectl rollout resume {target}"
        return Waiting(STATE, "it is paused (spec.paused)", (), (resume,))
    if spec.replicas == 0:
        scale = f"kubectl scale {target} --replicas=1"
        return Waiting(STATE, "it is scaled to zero (spec.replicas)", (), (scale,))
    if spec.parallelism == 0:
        more = f'kubectl patch {target} -p \'{{"spec":{{"parallelism":1}}}}\''
        return Waiting(STATE, "it may run no pod at a time (spec.parallelism)", (), (more,))
    return None


def _closing(short: Short, evidence: Evidence) -> Waiting | None:
    """In a namespace that is being deleted controllers fail without a word."""
    namespace = short.workload.metadata.namespace
    if namespace not in evidence.closing:
        return None
    look = f"kubectl get namespace {namespace} -o yaml"
    headline = f"{short.headline}: its namespace is being deleted"
    return Waiting(STATE, headline, (), (look,))


def _refused(short: Short, events: Sequence[Event], evidence: Evidence) -> Waiting | None:
    """The API server refuses the pods: the newest event says it, or the owner's condition."""
    failures = [event for event in events if event.reason == "FailedCreate"][-1:]
    conditions = short.workload.status.conditions
    texts = [event.message for event in failures]
    texts += [c.message for c in conditions if c.type == "ReplicaFailure" and c.status == "True"]
    if not texts:
        return None
    refusal = refusal_in(texts[0], short.workload.metadata.namespace)
    lines = tuple(in_words(event, evidence.now) for event in failures) or tuple(texts[:1])
    headline = f"{short.headline}: {refusal.why}"
    return Waiting(STATE, headline, (*refusal.details, *lines), refusal.next)


def _in_order(short: Short) -> Waiting | None:
    """A StatefulSet makes a pod when all before it are ready, unless it is told otherwise."""
    spec, status = short.workload.spec, short.workload.status
    is_ordered = spec.pod_management_policy in ("", "OrderedReady")
    if short.resource.kind != "StatefulSet" or not is_ordered:
        return None
    if not 0 <= status.ready_replicas < short.there:
        return None
    name, start = short.workload.metadata.name, spec.ordinals.start
    unready = short.there - status.ready_replicas
    headline = (
        f"{short.headline}: {name}-{start + short.there} is made when all before it are ready"
    )
    line = f"not ready among {name}-{start} to {name}-{start + short.there - 1}: {unready}"
    step = f"kubectl get pods -n {short.workload.metadata.namespace}  # which of them is not ready?"
    return Waiting(STATE, headline, (line,), (step,))


def _leaves_out(short: Short, evidence: Evidence) -> Waiting | None:
    """A DaemonSet that has all pods that it wants, and wants none on some nodes."""
    if not isinstance(short.workload, DaemonSet):
        return None
    causes = left_out(short.workload, evidence.nodes.values())
    if not causes:
        return None
    headline = f"{short.headline}, and it leaves out {len(causes)} of {len(evidence.nodes)} nodes"
    lines = [f"node {name}: {cause}" for name, cause in sorted(causes.items())[:SHOWN]]
    if len(causes) > SHOWN:
        lines.append(f"and {len(causes) - SHOWN} more")
    return Waiting(STATE, headline, tuple(lines), ("change its tolerations or its node selector",))


def short_of(resource: Resource[Workload], workload: Workload) -> Short:
    """How many pods a workload wants, and has."""
    spec, status = workload.spec, workload.status
    match resource.kind:
        case "DaemonSet":
            wanted, there = status.desired_number_scheduled, status.current_number_scheduled
        case "Job":
            wanted, there = _of_job(workload), status.active
        case "CronJob":
            wanted, there = 0, 0
        case _:
            wanted = 1 if spec.replicas is None else spec.replicas
            there = status.replicas
    return Short(resource, workload, wanted, there)


def _of_job(job: Workload) -> int:
    """The pods that it should have now: none when it is done, or winds down after a first success."""
    spec, status = job.spec, job.status
    if any(c.type in ENDED and c.status == "True" for c in status.conditions):
        return 0
    at_once = 1 if spec.parallelism is None else spec.parallelism
    if spec.completions is None:
        return status.active if status.succeeded else at_once
    return min(at_once, spec.completions - status.succeeded)

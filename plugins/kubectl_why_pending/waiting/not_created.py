"""NotCreated: a workload has fewer pods than it wants, and its owner says why none is made."""

import re
from collections.abc import Sequence

from msgspec import Struct

from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.event import Event
from kubectl_why_pending.objects.workload import Workload
from kubectl_why_pending.waiting.evidence import Evidence, Waiting, in_words

# The API server's words for a pod that it refuses, as they stand in FailedCreate.
REFUSALS: tuple[tuple[str, str, str], ...] = (
    (r"exceeded quota: ([^,]+)", "its quota {0} is used up", "kubectl describe quota {0} -n {ns}"),
    (
        r"failed quota: ([^:]+)",
        "quota {0} wants what the pod does not say",
        "set the requests or limits that the message names",
    ),
    (
        r"violates PodSecurity \"([^\"]+)\"",
        "Pod Security refuses it at {0}",
        "kubectl psa-audit -n {ns} --fix",
    ),
    (
        r"(maximum|minimum) \S+ usage per|must be less than or equal to (\S+) limit|limit to request ratio",
        "a LimitRange refuses it",
        "kubectl describe limitrange -n {ns}",
    ),
    (
        r"error looking up service account ([^:]+)",
        "there is no service account {0}",
        "create the service account {0}, or correct serviceAccountName",
    ),
    (
        r"no PriorityClass with name (\S+) was found",
        "there is no PriorityClass {0}",
        "kubectl get priorityclasses",
    ),
    (
        r"RuntimeClass(?:\.node\.k8s\.io)? \"?([^\" ]+)\"? not found",
        "there is no RuntimeClass {0}",
        "kubectl get runtimeclasses",
    ),
    (
        r"admission webhook \"([^\"]+)\" denied",
        "the webhook {0} denies it",
        "the message is the webhook's own",
    ),
    (
        r"failed calling webhook \"([^\"]+)\"",
        "the webhook {0} does not answer",
        "repair the webhook's service, or its failurePolicy decides so for every pod",
    ),
    (
        r"is being terminated|because it is being terminated",
        "its namespace is being deleted",
        "kubectl get namespace {ns} -o yaml",
    ),
)


class Short(Struct, frozen=True):
    """A workload and what it lacks: `wanted` pods, and `there` are so many."""

    resource: Resource[Workload]
    workload: Workload
    wanted: int
    there: int


def not_created(short: Short, events: Sequence[Event], evidence: Evidence) -> Waiting | None:
    """Why there are too few pods; None where there are enough, or nothing says why."""
    switched_off = _switched_off(short)
    if switched_off:
        return switched_off
    if short.there >= short.wanted:
        return None
    failures = [event for event in events if event.reason == "FailedCreate"]
    texts = [event.message for event in failures[-1:]]
    texts += [
        condition.message
        for condition in short.workload.status.conditions
        if condition.type in ("ReplicaFailure", "FailureTarget") and condition.status == "True"
    ]
    if not texts:
        return None
    why, next_step = _refusal(texts[0], short.workload.metadata.namespace)
    lines = tuple(in_words(event, evidence.now) for event in failures[-1:]) or tuple(texts[:1])
    headline = f"{short.there} of {short.wanted} pods are there: {why}"
    return Waiting("NotCreated", headline, lines, (next_step,) if next_step else ())


def _switched_off(short: Short) -> Waiting | None:
    """Nobody wants a pod: that is no fault, but it answers the question."""
    spec, kind = short.workload.spec, short.resource.kind
    name, namespace = short.workload.metadata.name, short.workload.metadata.namespace
    target = f"{kind.lower()}/{name} -n {namespace}"
    if spec.suspend:
        undo = f'kubectl patch {target} -p \'{{"spec":{{"suspend":false}}}}\''
        return Waiting("NotCreated", "it is suspended (spec.suspend)", (), (undo,))
    if spec.paused and short.there < short.wanted:
        return Waiting(
            "NotCreated", "it is paused (spec.paused)", (), (f"kubectl rollout resume {target}",)
        )
    if spec.replicas == 0:
        scale = f"kubectl scale {target} --replicas=1"
        return Waiting("NotCreated", "it is scaled to zero (spec.replicas)", (), (scale,))
    return None


def _refusal(text: str, namespace: str) -> tuple[str, str]:
    for pattern, why, next_step in REFUSALS:
        if found := re.search(pattern, text):
            names = [group for group in found.groups() if group] or [""]
            return why.format(*names), next_step.format(*names, ns=namespace)
    return "the API server refuses it", ""


def short_of(resource: Resource[Workload], workload: Workload) -> Short:
    """How many pods a workload wants, and has."""
    spec, status = workload.spec, workload.status
    match resource.kind:
        case "DaemonSet":
            return Short(
                resource, workload, status.desired_number_scheduled, status.current_number_scheduled
            )
        case "Job":
            return Short(
                resource, workload, spec.parallelism or 1, status.active + status.succeeded
            )
        case "CronJob":
            return Short(resource, workload, 0, 0)
        case _:
            wanted = 1 if spec.replicas is None else spec.replicas
            return Short(resource, workload, wanted, status.replicas)

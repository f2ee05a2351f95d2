"""The API server's words for a pod that it refuses, as controllers repeat them in FailedCreate."""

import re

from msgspec import Struct


class Refusal(Struct, frozen=True):
    """Why no pod is made, the numbers behind it, and what to do."""

    why: str
    details: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


# What the message holds, what that means, and what to do; `{0}` is what the expression found.
REFUSALS: tuple[tuple[str, str, str], ...] = (
    (
        r"exceeded quota: ([^,]+)",
        "its quota {0} is used up",
        "kubectl describe quota {0} -n {ns}",
    ),
    (
        r"failed quota: ([^:]+)",
        "quota {0} wants what the pod does not say",
        "set the requests or limits that the message names",
    ),
    (
        r"insufficient quota to (?:consume|match these scopes): (.+)",
        "no quota of its namespace allows {0}",
        "a cluster admin decides so: kubectl get quota -n {ns}",
    ),
    (
        r'violates PodSecurity "([^"]+)"',
        "Pod Security refuses it at {0}",
        "kubectl psa-audit -n {ns} --fix",
    ),
    (
        r"(?:maximum|minimum) \S+ usage per|limit to request ratio per",
        "a LimitRange refuses it",
        "kubectl describe limitrange -n {ns}",
    ),
    (
        r"must be less than or equal to (\S+) limit",
        "it requests more {0} than its limit, which a LimitRange may have set",
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
        r'RuntimeClass(?:\.node\.k8s\.io)? "?([^" ]+)"? not found',
        "there is no RuntimeClass {0}",
        "kubectl get runtimeclasses",
    ),
    (
        r'admission webhook "([^"]+)" denied',
        "the webhook {0} denies it",
        "the message is the webhook's own",
    ),
    (
        r'failed calling webhook "([^"]+)"',
        "the webhook {0} does not answer",
        "repair the webhook's service; its failurePolicy Fail refuses every pod meanwhile",
    ),
    (
        r"ValidatingAdmissionPolicy '([^']+)' .*denied",
        "the policy {0} denies it",
        "kubectl describe validatingadmissionpolicy {0}",
    ),
    (
        r"is being terminated",
        "its namespace is being deleted",
        "kubectl get namespace {ns} -o yaml",
    ),
    (r"already exists", "a pod of that name is in the way", "kubectl get pods -n {ns}"),
    (r"is invalid: ", "the pod that its template makes is invalid", ""),
)
QUOTA = re.compile(r"requested: (\S+), used: (\S+), limited: (\S+?)(?:$|[\s;])")


def refusal_in(text: str, namespace: str) -> Refusal:
    """What a message of the API server means."""
    for pattern, why, next_step in REFUSALS:
        if found := re.search(pattern, text):
            names = [*found.groups(), ""]
            step = next_step.format(*names, ns=namespace)
            return Refusal(why.format(*names), _numbers(text), (step,) if step else ())
    return Refusal("the API server refuses it")


def _numbers(text: str) -> tuple[str, ...]:
    """Of an exceeded quota: each resource with what is asked, used and allowed."""
    found = QUOTA.search(text)
    if not found:
        return ()
    asked, used, hard = map(_amounts, found.groups())
    return tuple(
        f"{name}: a pod asks {amount}, {used.get(name, '0')} of {hard.get(name, '0')} are used"
        for name, amount in asked.items()
    )


def _amounts(listed: str) -> dict[str, str]:
    """`cpu=1,memory=2Gi` by resource."""
    pairs = (each.partition("=") for each in listed.split(","))
    return {name: amount for name, _, amount in pairs}

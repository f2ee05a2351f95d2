"""What a pod or a claim takes of a quota, under which names.

Mirrors pkg/quota/v1/evaluator/core/pods.go and persistent_volume_claims.go.
"""

from collections.abc import Iterable, Mapping

from kubectl_why_pending.admission.pod_totals import (
    has_pod_level,
    is_huge_pages,
    is_native,
    limits_of,
    requests_of,
)
from kubectl_why_pending.admission.quantity import Amounts, Quantity, parsed
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.storage import Claim

ONE = Quantity(10**9)
CPU_AND_MEMORY = ("cpu", "memory")
COMPUTE = (*CPU_AND_MEMORY, "ephemeral-storage")
REQUESTS, LIMITS = "requests.", "limits."
DEVICE_CLASS = "deviceclass.resource.kubernetes.io/"
CLASS_SUFFIX = ".storageclass.storage.k8s.io/"
MUST_BE_SAID = {prefix + name for prefix in ("", REQUESTS, LIMITS) for name in CPU_AND_MEMORY}


def counts_for_pods(name: str) -> bool:
    """Whether a quota of this name is about pods: MatchingResources."""
    if name in ("pods", "count/pods") or name.startswith(("hugepages-", "requests.hugepages-")):
        return True
    if name in {prefix + one for prefix in ("", REQUESTS, LIMITS) for one in COMPUTE}:
        return True
    is_extended = not is_native(name) or name.startswith(REQUESTS + DEVICE_CLASS)
    return is_extended and name.startswith(REQUESTS)


def pod_usage(pod: Pod) -> Amounts:
    """What the pod takes: PodUsageFunc of a pod that runs."""
    return {"count/pods": ONE, **_compute(requests_of(pod), limits_of(pod))}


def _compute(asked: Mapping[str, Quantity], bound: Mapping[str, Quantity]) -> Amounts:
    """podComputeUsageHelper."""
    usage = {"pods": ONE}
    for name, quantity in asked.items():
        if name in COMPUTE or is_huge_pages(name):
            usage[name] = usage[REQUESTS + name] = quantity
        elif _is_extended(name):
            usage[REQUESTS + name] = quantity
    for name in COMPUTE:
        if name in bound:
            usage[LIMITS + name] = bound[name]
    return usage


def _is_extended(name: str) -> bool:
    """IsDRAExtendedResourceName of pkg/scheduler/util/utils.go."""
    if name.startswith(DEVICE_CLASS):
        return True
    return not is_native(name) and not name.startswith(REQUESTS)


def lacking(names: Iterable[str], pod: Pod) -> str:
    """Which containers do not say how much cpu or memory they want, where a quota counts it: Constraints."""
    if has_pod_level(pod.spec):
        return ""
    missing: dict[str, set[str]] = {}
    for container in (*pod.spec.containers, *pod.spec.init_containers):
        own = container.resources
        said = _compute(parsed(own.requests), parsed(own.limits))
        for name in MUST_BE_SAID.intersection(names) - said.keys():
            missing.setdefault(name, set()).add(container.name)
    return "; ".join(f"{name} for: {','.join(sorted(missing[name]))}" for name in sorted(missing))


def counts_for_claims(name: str) -> bool:
    """Whether a quota of this name is about claims."""
    plain = ("count/persistentvolumeclaims", "persistentvolumeclaims", "requests.storage")
    return name in plain or CLASS_SUFFIX in name


def claim_usage(claim: Claim) -> Amounts:
    """What the claim takes, altogether and of its class."""
    usage = {"count/persistentvolumeclaims": ONE, "persistentvolumeclaims": ONE}
    of_class = claim.spec.storage_class_name
    if of_class:
        usage[f"{of_class}{CLASS_SUFFIX}persistentvolumeclaims"] = ONE
    storage = parsed(claim.spec.resources.requests).get("storage")
    if storage:
        usage["requests.storage"] = storage
        if of_class:
            usage[f"{of_class}{CLASS_SUFFIX}requests.storage"] = storage
    return usage

"""Which pods a quota counts.

Mirrors podMatchesScopeFunc of pkg/quota/v1/evaluator/core/pods.go.
"""

from kubectl_why_pending.admission.pod_totals import has_pod_level
from kubectl_why_pending.admission.quantity import parsed
from kubectl_why_pending.objects.affinity import PodAffinityTerm
from kubectl_why_pending.objects.pod import Pod, Requirements
from kubectl_why_pending.objects.quota import Quota, ScopeRequirement


def is_in_scope(quota: Quota, pod: Pod) -> bool:
    """Whether the pod is in every scope of the quota; without any, every pod is."""
    selector = quota.spec.scope_selector
    wanted = [ScopeRequirement(scope_name=name, operator="Exists") for name in quota.spec.scopes]
    return all(
        _matches(one, pod) for one in [*wanted, *(selector.match_expressions if selector else ())]
    )


def _matches(wanted: ScopeRequirement, pod: Pod) -> bool:
    match wanted.scope_name:
        case "Terminating":
            return _ends_by_itself(pod)
        case "NotTerminating":
            return not _ends_by_itself(pod)
        case "BestEffort":
            return _is_best_effort(pod)
        case "NotBestEffort":
            return not _is_best_effort(pod)
        case "PriorityClass":
            return _is_of_class(wanted, pod.spec.priority_class_name)
        case "CrossNamespacePodAffinity":
            return _looks_abroad(pod)
    return False


def _ends_by_itself(pod: Pod) -> bool:
    seconds = pod.spec.active_deadline_seconds
    return seconds is not None and seconds >= 0


def _is_best_effort(pod: Pod) -> bool:
    """ComputePodQOS of pkg/apis/core/v1/helper/qos: no container has any cpu or memory."""
    spec = pod.spec
    if has_pod_level(spec):
        return _has_nothing(spec.resources)
    return all(_has_nothing(one.resources) for one in (*spec.containers, *spec.init_containers))


def _has_nothing(resources: Requirements) -> bool:
    amounts = (*parsed(resources.requests).items(), *parsed(resources.limits).items())
    return not any(quantity.nanos for name, quantity in amounts if name in ("cpu", "memory"))


def _is_of_class(wanted: ScopeRequirement, name: str) -> bool:
    match wanted.operator:
        case "Exists":
            return bool(name)
        case "DoesNotExist":
            return not name
        case "In":
            return name in wanted.values
        case _:
            return name not in wanted.values


def _looks_abroad(pod: Pod) -> bool:
    affinity = pod.spec.affinity
    terms: list[PodAffinityTerm] = [
        *affinity.pod_affinity.required,
        *affinity.pod_anti_affinity.required,
    ]
    return any(term.namespaces or term.namespace_selector is not None for term in terms)

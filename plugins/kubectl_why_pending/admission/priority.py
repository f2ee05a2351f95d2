"""Priority: a PriorityClass's name becomes a number.

Mirrors admitPod of plugin/pkg/admission/priority/admission.go.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from kubectl_why_pending.admission.refusal import Refused
from kubectl_why_pending.objects.pod import Pod
from kubectl_why_pending.objects.priority_class import PriorityClass

PREEMPT_LOWER = "PreemptLowerPriority"
NO_CLASS = PriorityClass()


def with_priority(pod: Pod, classes: Sequence[PriorityClass]) -> Pod:
    """The pod with its class's priority and policy; Refused where there is no such class, or it says otherwise."""
    spec = pod.spec
    chosen = _chosen(spec.priority_class_name, classes)
    if spec.priority not in (None, chosen.value):
        raise Refused(
            f"the integer value of priority ({spec.priority}) must not be provided in pod spec; "
            f"priority admission controller computed {chosen.value} from the given PriorityClass name"
        )
    policy = chosen.preemption_policy or PREEMPT_LOWER
    if spec.preemption_policy not in ("", policy):
        raise Refused(
            f"the string value of PreemptionPolicy ({spec.preemption_policy}) must not be provided in pod spec; "
            f"priority admission controller computed {policy} from the given PriorityClass name"
        )
    filled = replace(
        spec,
        priority_class_name=chosen.metadata.name,
        priority=chosen.value,
        preemption_policy=policy,
    )
    return replace(pod, spec=filled)


def _chosen(name: str, classes: Sequence[PriorityClass]) -> PriorityClass:
    """The class of that name; without one the default class, the least of several."""
    if not name:
        defaults = [one for one in classes if one.global_default]
        return min(defaults, key=lambda one: one.value, default=NO_CLASS)
    found = next((one for one in classes if one.metadata.name == name), None)
    if found is None:
        raise Refused(f"no PriorityClass with name {name} was found")
    return found

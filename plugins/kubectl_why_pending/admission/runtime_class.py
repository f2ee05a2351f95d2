"""RuntimeClass: what a runtime costs, and the nodes that have it.

Mirrors plugin/pkg/admission/runtimeclass/admission.go.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from kubectl_fieldkit.objects.pod import Toleration
from kubectl_fieldkit.tolerations import NO_EXECUTE
from kubectl_why_pending.admission.quantity import parsed, stored
from kubectl_why_pending.admission.refusal import Refused
from kubectl_why_pending.objects.pod import Pod, Quantities
from kubectl_why_pending.objects.runtime_class import RuntimeClass, Scheduling

STRANGE_OVERHEAD = (
    "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead"
)


def with_runtime_class(pod: Pod, classes: Sequence[RuntimeClass]) -> Pod:
    """The pod with its class's overhead, node selector and tolerations; Refused where they conflict."""
    chosen = _chosen(pod.spec.runtime_class_name, classes)
    if chosen is None:
        return pod
    if chosen.overhead:
        pod = _with_overhead(pod, chosen.overhead.pod_fixed)
    return _with_scheduling(pod, chosen.scheduling) if chosen.scheduling else pod


def has_strange_overhead(pod: Pod, classes: Sequence[RuntimeClass] | None) -> bool:
    """Whether the pod has an overhead that its class does not have; False where that is not known."""
    name = pod.spec.runtime_class_name
    if not pod.spec.overhead or not name:
        return bool(pod.spec.overhead)
    return any(one.metadata.name == name and one.overhead is None for one in classes or ())


def _chosen(name: str, classes: Sequence[RuntimeClass]) -> RuntimeClass | None:
    if not name:
        return None
    found = next((one for one in classes if one.metadata.name == name), None)
    if found is None:
        raise Refused(f'pod rejected: RuntimeClass "{name}" not found')
    return found


def _with_overhead(pod: Pod, fixed: Quantities) -> Pod:
    own = pod.spec.overhead
    if own and _amounts(own) != _amounts(fixed):
        raise Refused("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
    return replace(pod, spec=replace(pod.spec, overhead=stored(fixed)))


def _amounts(quantities: Quantities) -> dict[str, int]:
    return {name: quantity.nanos for name, quantity in parsed(quantities).items()}


def _with_scheduling(pod: Pod, scheduling: Scheduling) -> Pod:
    selector = dict(pod.spec.node_selector)
    for key, wanted in scheduling.node_selector.items():
        if selector.get(key, wanted) != wanted:
            raise Refused(
                f"conflict: runtimeClass.scheduling.nodeSelector[{key}] = {wanted}; "
                f"pod.spec.nodeSelector[{key}] = {selector[key]}"
            )
        selector[key] = wanted
    tolerations = _merged([*pod.spec.tolerations, *scheduling.tolerations])
    return replace(pod, spec=replace(pod.spec, node_selector=selector, tolerations=tolerations))


def _merged(tolerations: Sequence[Toleration]) -> list[Toleration]:
    """Without those that another covers: MergeTolerations of pkg/util/tolerations/tolerations.go."""
    merged: list[Toleration] = []
    for place, toleration in enumerate(tolerations):
        later = (other for other in tolerations[place + 1 :] if other != toleration)
        if not any(_covers(other, toleration) for other in (*merged, *later)):
            merged.append(toleration)
    return merged


def _covers(wide: Toleration, toleration: Toleration) -> bool:
    """isSuperset of the same file."""
    if wide == toleration:
        return True
    if toleration.key != wide.key and (wide.key or wide.operator != "Exists"):
        return False
    if wide.effect not in ("", toleration.effect):
        return False
    seconds = wide.toleration_seconds
    if wide.effect == NO_EXECUTE and seconds is not None:
        own = toleration.toleration_seconds
        if own is None or own > seconds:
            return False
    if wide.operator in ("", "Equal"):
        return toleration.operator == "Equal" and toleration.value == wide.value
    return wide.operator == "Exists"

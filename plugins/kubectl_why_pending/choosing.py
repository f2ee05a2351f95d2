"""Which pods are asked about: by name, by owner, by labels, or all that wait."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from kubectl_fieldkit.selectors import Requirement
from kubectl_why_pending.objects.pod import Pod

if TYPE_CHECKING:
    from kubectl_fieldkit.workloads import Key


class Question(Struct, frozen=True):
    """Whose waiting is in question; an empty `namespace` is every namespace.

    `names` are pods and `owners` workloads of that namespace; neither means every pod that waits.
    """

    namespace: str
    names: tuple[str, ...] = ()
    owners: "tuple[Key, ...]" = ()
    labels: tuple[Requirement, ...] = ()


def choose(question: Question, pods: Sequence[Pod], owners: "Mapping[Key, Key]") -> list[Pod]:
    """The pods in question, by namespace and name; `owners` leads from an owner to its own."""
    found = [pod for pod in pods if _is_meant(question, pod, owners)]
    return sorted(found, key=lambda pod: (pod.metadata.namespace, pod.metadata.name))


def _is_meant(question: Question, pod: Pod, owners: "Mapping[Key, Key]") -> bool:
    meta = pod.metadata
    if question.namespace and meta.namespace != question.namespace:
        return False
    if meta.name in question.names:
        return True
    if not waits(pod):
        return False
    if question.owners:
        return bool(set(_line(pod, owners)) & set(question.owners))
    if question.names:
        return False
    return all(clause.matches(meta.labels) for clause in question.labels)


def _line(pod: Pod, owners: "Mapping[Key, Key]") -> "list[Key]":
    """The pod's owner and the owner of that, to the top."""
    from kubectl_fieldkit.workloads import owner_of, top_of

    owner = owner_of(pod)
    if owner is None:
        return []
    above = owners.get(owner)
    return [owner, *([above] if above else []), top_of(owner, owners)]


def waits(pod: Pod) -> bool:
    """Whether a pod has no node yet, or has one and no container yet."""
    return pod.status.phase in ("", "Pending")

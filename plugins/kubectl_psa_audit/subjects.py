"""What is judged: a workload with its template and the pods that it has, or a bare pod."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.workloads import Key, owner_of, pod_spec_path, top_of
from kubectl_psa_audit.pod import MIRROR, PODS, Pod
from kubectl_psa_audit.workloads import WORKLOAD_KINDS, Template

if TYPE_CHECKING:
    from kubectl_fieldkit.manifests import Manifest

_ENDED = ("Succeeded", "Failed")
_TEMPLATES = {kind.resource: kind.template for kind in WORKLOAD_KINDS}


class Subject(Struct, frozen=True):
    """A workload or a bare pod. `part` is the kind that the template was found in.

    That is the workload itself, or what is left of it: a ReplicaSet of an unread Deployment, a pod
    of a custom resource. `keys` are all the objects that were folded into it. `origin` is FILE:LINE
    where it was read from a manifest.
    """

    key: Key
    part: str
    template: Template | Pod
    labels: Mapping[str, str]
    pods: tuple[Pod, ...] = ()
    keys: frozenset[Key] = frozenset()
    origin: str = ""
    manifest: "Manifest | None" = None

    @property
    def kind(self) -> str:
        """The workload's own kind."""
        return self.key[1]

    @property
    def namespace(self) -> str:
        """Where it is; empty for a manifest that does not say."""
        return self.key[2]

    @property
    def name(self) -> str:
        """The workload's own name."""
        return self.key[3]

    @property
    def others(self) -> tuple[Pod, ...]:
        """The pods beside the template; none where the template is the pod."""
        return tuple(pod for pod in self.pods if pod is not self.template)

    @property
    def resource_name(self) -> str:
        """As `kubectl get -o name` spells it."""
        group, kind, _, name = self.key
        return f"{kind.lower()}.{group}/{name}" if group else f"{kind.lower()}/{name}"

    @property
    def spec_path(self) -> str:
        """Where the part keeps the pod's spec."""
        return ".".join(pod_spec_path(self.part))


def subject_of(resource: Resource[Any], thing: Any) -> Subject:
    """The subject that an object is, by itself."""
    meta = thing.metadata
    key = (resource.group, resource.kind, meta.namespace, meta.name)
    template = thing if resource is PODS else _TEMPLATES[resource](thing)
    pods = (thing,) if resource is PODS else ()
    return Subject(key, resource.kind, template, meta.labels, pods, frozenset((key,)))


def fold(things: Mapping[Resource[Any], Iterable[Any]]) -> list[Subject]:
    """One subject for each owner that nothing owns; pods that have ended count no more.

    `things` has the kinds with templates before the pods, so that the first part of an owner that
    was not read is the best there is.
    """
    owners: dict[Key, Key] = {}
    parts: list[Subject] = []
    for resource, objects in things.items():
        for thing in objects:
            if resource is PODS and thing.status.phase in _ENDED:
                continue
            part = subject_of(resource, thing)
            parts.append(part)
            if (owner := owner_of(thing)) and not _is_static(resource, thing):
                owners[part.key] = owner
    tops: dict[Key, list[Subject]] = {}
    for part in parts:
        tops.setdefault(top_of(part.key, owners), []).append(part)
    return [_whole(tops[key], key) for key in sorted(tops, key=_order)]


def _is_static(resource: Resource[Any], thing: Any) -> bool:
    return resource is PODS and MIRROR in thing.metadata.annotations


def _whole(parts: list[Subject], key: Key) -> Subject:
    own = next((part for part in parts if part.key == key), parts[0])
    pods = tuple(pod for part in parts for pod in part.pods)
    keys = frozenset((key, *(part.key for part in parts)))
    return Subject(key, own.part, own.template, own.labels, pods, keys)


def _order(key: Key) -> tuple[str, str, str]:
    _, kind, namespace, name = key
    return namespace, kind, name

"""Workloads and what their pods ask for, folded into whoever made them in the end."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.pod import PODS, Pod, PodSpec
from kubectl_fieldkit.objects.resource import Resource
from kubectl_fieldkit.objects.workload import WORKLOAD_KINDS

Key = tuple[str, str, str, str]  # group, kind, namespace, name

_TEMPLATES = {kind.resource.plural: kind.template for kind in WORKLOAD_KINDS}
_SPEC_PATHS = {
    "Pod": ("spec",),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
    "PodTemplate": ("template", "spec"),
}
_ENDED = ("Succeeded", "Failed")


class Workload(Struct, frozen=True):
    """A workload, or a bare pod: what its pods are to be, and those that it has.

    `origin` is FILE:LINE where it was read from a manifest; `static` is a pod that a kubelet made.
    Without `own` its object was not read, and `spec` is that of something it made.
    """

    group: str
    kind: str
    namespace: str
    name: str
    spec: PodSpec
    pods: tuple[PodSpec, ...] = ()
    origin: str = ""
    static: bool = False
    own: bool = True

    @property
    def key(self) -> Key:
        """What tells it from all others of its cluster."""
        return self.group, self.kind, self.namespace, self.name

    @property
    def resource_name(self) -> str:
        """As `kubectl get -o name` spells it."""
        kind = self.kind.lower()
        return f"{kind}.{self.group}/{self.name}" if self.group else f"{kind}/{self.name}"


def workload_of(resource: Resource[Any], thing: KubeObject, origin: str = "") -> Workload:
    """The workload that an object is, by itself."""
    meta, spec = thing.metadata, pod_spec(resource, thing)
    static = resource is PODS and bool(meta.annotations.mirror)
    return Workload(
        resource.group, resource.kind, meta.namespace, meta.name, spec, (), origin, static
    )


def pod_spec(resource: Resource[Any], thing: Any) -> PodSpec:
    """What the object's pods are to be; a pod's own spec."""
    if resource is PODS:
        spec: PodSpec = thing.spec
        return spec
    return _TEMPLATES[resource.plural](thing).spec


def pod_spec_path(kind: str) -> tuple[str, ...]:
    """Where a manifest of this kind keeps the pod's spec."""
    return _SPEC_PATHS.get(kind, ("spec", "template", "spec"))


def fold(
    templates: Mapping[Resource[Any], Iterable[KubeObject]], pods: Iterable[Pod]
) -> list[Workload]:
    """One workload for each owner that nothing owns, by kind, namespace and name.

    A ReplicaSet goes into its Deployment, a Job into its CronJob, a pod into whichever is on top,
    even where that was not read; then the template of the part that was stands for it. Pods that
    have ended count no more.
    """
    owners: dict[Key, Key] = {}
    parts: list[Workload] = []
    made = [(resource, thing) for resource, things in templates.items() for thing in things]
    running = [(PODS, pod) for pod in pods if pod.status.phase not in _ENDED]
    for resource, thing in [*made, *running]:
        part = workload_of(resource, thing)
        parts.append(part)
        if not part.static and (owner := owner_of(thing)):
            owners[part.key] = owner
    tops: dict[Key, list[Workload]] = {}
    for part in parts:
        tops.setdefault(top_of(part.key, owners), []).append(part)
    return sorted((_whole(key, of_it) for key, of_it in tops.items()), key=_by_kind)


def owner_of(thing: KubeObject) -> Key | None:
    """Who manages the object, read or not."""
    for owner in thing.metadata.owner_references:
        if owner.controller:
            group = owner.api_version.rpartition("/")[0]
            return group, owner.kind, thing.metadata.namespace, owner.name
    return None


def top_of(key: Key, owners: Mapping[Key, Key]) -> Key:
    """The owner that nothing owns, itself where it has none."""
    seen = {key}
    while key in owners and owners[key] not in seen:
        key = owners[key]
        seen.add(key)
    return key


def _whole(key: Key, parts: list[Workload]) -> Workload:
    """Templates come before pods, so the first part is the best there is without the owner itself."""
    pods = tuple(part.spec for part in parts if part.kind == "Pod")
    own = next((part for part in parts if part.key == key), None)
    if own:
        return replace(own, pods=pods)
    group, kind, namespace, name = key
    return replace(
        parts[0], group=group, kind=kind, namespace=namespace, name=name, pods=pods, own=False
    )


def _by_kind(workload: Workload) -> tuple[str, str, str]:
    return workload.namespace, workload.kind, workload.name

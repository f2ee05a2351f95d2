"""What manifests hold for an audit: objects with a pod's spec in their order, and namespaces."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.manifests import Manifest
from kubectl_fieldkit.objects.namespace import NAMESPACES
from kubectl_fieldkit.objects.resource import Resource
from kubectl_psa_audit.defaulting import pod_defaults, template_defaults
from kubectl_psa_audit.pod import PODS
from kubectl_psa_audit.subjects import Subject, subject_of
from kubectl_psa_audit.workloads import WORKLOAD_KINDS

RESOURCES = {
    (resource.api_version, resource.kind): resource
    for resource in (PODS, *(kind.resource for kind in WORKLOAD_KINDS))
}


class Written(Struct, frozen=True):
    """The subjects of manifests, and the labels of the namespaces among them."""

    subjects: tuple[Subject, ...]
    namespaces: Mapping[str, Mapping[str, str]]


def gather_manifests(manifests: Iterable[Manifest], namespace: str, keep: bool) -> Written:
    """What the API would make of them; `namespace` is for objects that name none.

    `keep` is for those who want to know the lines of fields: it takes the memory of the whole text.
    """
    subjects: list[Subject] = []
    namespaces: dict[str, Mapping[str, str]] = {}
    for manifest in manifests:
        if resource := RESOURCES.get((manifest.api_version, manifest.kind)):
            subject = _subject(manifest, resource, namespace)
            subjects.append(replace(subject, manifest=manifest) if keep else subject)
        elif manifest.is_a(NAMESPACES):
            namespaces[manifest.name] = manifest.decode(NAMESPACES).metadata.labels
    return Written(tuple(subjects), namespaces)


def _subject(manifest: Manifest, resource: Resource[Any], namespace: str) -> Subject:
    plain = subject_of(resource, manifest.decode(resource))
    fill = pod_defaults if resource is PODS else template_defaults
    template = replace(plain.template, spec=fill(plain.template.spec))
    group, kind, own_namespace, name = plain.key
    key = (group, kind, own_namespace or namespace, name or manifest.name)
    return replace(plain, key=key, template=template, pods=(), origin=manifest.place)

"""The pod of a manifest as it would be sent to the API server: by a user, or by the workload's controller."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kubectl_fieldkit.manifests import Manifest
from kubectl_fieldkit.objects.meta import KubeObject, OwnerReference
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.admission.daemon import with_daemon_tolerations
from kubectl_why_pending.objects.pod import PODS, Pod, PodMeta
from kubectl_why_pending.objects.pod_template import TEMPLATED, Template, TemplatedSpec
from kubectl_why_pending.objects.storage import Claim
from kubectl_why_pending.objects.volume import ClaimSource, Volume

NEW = "new"  # the value of a label that its controller works out only then
UNKNOWN_LABELS = {
    "Deployment": ("pod-template-hash",),
    "DaemonSet": ("controller-revision-hash", "pod-template-generation"),
    "StatefulSet": ("controller-revision-hash",),
    "Job": ("controller-uid", "batch.kubernetes.io/controller-uid"),
    "CronJob": ("controller-uid", "batch.kubernetes.io/controller-uid"),
}
JOB_NAME = ("job-name", "batch.kubernetes.io/job-name")
INDEX = "batch.kubernetes.io/job-completion-index"


class Draft(Struct, frozen=True):
    """A pod before admission, the claims that are made for it, and the kind that it is made by."""

    pod: Pod
    claims: tuple[Claim, ...] = ()
    kind: str = "Pod"
    notes: tuple[str, ...] = ()


def draft(manifest: Manifest, namespace: str) -> Draft | None:
    """The pod that the manifest is, or the first of those that it makes; None for any other kind."""
    if manifest.is_a(PODS):
        pod = manifest.decode(PODS)
        return Draft(_placed(pod, namespace))
    resource = next((one for one in TEMPLATED if manifest.is_a(one)), None)
    if resource is None:
        return None
    thing = manifest.decode(resource)
    made = _made(resource, thing)
    pod = _placed(made.pod, thing.metadata.namespace or namespace)
    return replace(made, pod=pod, claims=tuple(_claim_in(pod, claim) for claim in made.claims))


def _placed(pod: Pod, namespace: str) -> Pod:
    """A pod whose name is to be generated goes by what that begins with."""
    meta = pod.metadata
    name = meta.name or meta.generate_name
    return replace(pod, metadata=replace(meta, name=name, namespace=meta.namespace or namespace))


def _claim_in(pod: Pod, claim: Claim) -> Claim:
    return replace(claim, metadata=replace(claim.metadata, namespace=pod.metadata.namespace))


def _made(resource: Resource[Any], thing: Any) -> Draft:
    kind, name = resource.kind, thing.metadata.name
    if kind == "PodTemplate":
        return Draft(_pod(thing.pod_template, name, resource, thing), kind=kind)
    spec = thing.spec.job_template.spec if kind == "CronJob" else thing.spec
    pod = _pod(spec.template, name, resource, thing)
    finish = _FINISH.get(kind)
    made = finish(pod, spec, name) if finish else Draft(pod)
    unknown = [label for label in UNKNOWN_LABELS.get(kind, ()) if label not in pod.metadata.labels]
    notes = [f"the value of its label {label} is not known before" for label in unknown[:1]]
    labelled = _labelled(made.pod, dict.fromkeys(unknown, NEW))
    return replace(made, pod=labelled, kind=kind, notes=(*made.notes, *notes))


def _pod(template: Template, name: str, resource: Resource[Any], thing: KubeObject) -> Pod:
    owner = OwnerReference(
        api_version=resource.api_version, kind=resource.kind, name=name, controller=True
    )
    meta = PodMeta(
        name=name or "Unknown",
        generate_name=f"{name}-",
        labels=template.metadata.labels,
        owner_references=[owner],
    )
    return Pod(metadata=meta, spec=template.spec)


def _labelled(pod: Pod, more: dict[str, str]) -> Pod:
    """Labels that the template has itself stay."""
    labels = {**more, **pod.metadata.labels}
    return replace(pod, metadata=replace(pod.metadata, labels=labels))


def _of_job(pod: Pod, spec: TemplatedSpec, name: str) -> Draft:
    """Labels of pkg/registry/batch/job/strategy.go and, of an indexed one, its first index."""
    if not spec.manual_selector:
        pod = _labelled(pod, dict.fromkeys(JOB_NAME, name))
    if spec.completion_mode == "Indexed":
        pod = _labelled(pod, {INDEX: "0"})
        meta = replace(pod.metadata, name=f"{name}-0", generate_name=f"{name}-0-")
        pod = replace(pod, metadata=meta)
    return Draft(pod)


def _of_stateful_set(pod: Pod, spec: TemplatedSpec, name: str) -> Draft:
    """Its first pod with the claims of its templates: pkg/controller/statefulset/stateful_set_utils.go."""
    first = f"{name}-{spec.ordinals.start}"
    labels = {
        **pod.metadata.labels,
        "statefulset.kubernetes.io/pod-name": first,
        "apps.kubernetes.io/pod-index": str(spec.ordinals.start),
    }
    meta = replace(pod.metadata, name=first, labels=labels)
    templates = {claim.metadata.name: claim for claim in spec.volume_claim_templates}
    volumes = [
        *(_volume(template, first) for template in templates),
        *(volume for volume in pod.spec.volumes if volume.name not in templates),
    ]
    claims = tuple(_claim(claim, first, spec) for claim in templates.values())
    return Draft(Pod(metadata=meta, spec=replace(pod.spec, volumes=volumes)), claims)


def _volume(template: str, pod: str) -> Volume:
    return Volume(
        name=template, persistent_volume_claim=ClaimSource(claim_name=f"{template}-{pod}")
    )


def _claim(template: Claim, pod: str, spec: TemplatedSpec) -> Claim:
    meta = template.metadata
    named = replace(meta, name=f"{meta.name}-{pod}", labels={**meta.labels, **spec.match_labels})
    return replace(template, metadata=named)


def _of_daemon_set(pod: Pod, spec: TemplatedSpec, name: str) -> Draft:
    return Draft(with_daemon_tolerations(pod))


_FINISH: dict[str, Callable[[Pod, TemplatedSpec, str], Draft]] = {
    "StatefulSet": _of_stateful_set,
    "DaemonSet": _of_daemon_set,
    "Job": _of_job,
    "CronJob": _of_job,
}

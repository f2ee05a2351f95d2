"""The eight kinds with a pod template, with what the checks read of it."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from kubectl_fieldkit.objects import workload
from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_psa_audit.pod import PodSpec, TemplateMeta


class Template(Kube, frozen=True):
    """core/v1 PodTemplateSpec."""

    metadata: TemplateMeta = TemplateMeta()
    spec: PodSpec = PodSpec()


class WorkloadSpec(Kube, frozen=True):
    """The spec of a kind that keeps its template at spec.template."""

    template: Template = Template()


class Workload(KubeObject, frozen=True):
    """Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet or Job."""

    spec: WorkloadSpec = WorkloadSpec()


class JobTemplate(Kube, frozen=True):
    """batch/v1 JobTemplateSpec."""

    spec: WorkloadSpec = WorkloadSpec()


class CronJobSpec(Kube, frozen=True):
    """What a CronJob makes, again and again."""

    job_template: JobTemplate = JobTemplate()


class CronJob(KubeObject, frozen=True):
    """batch/v1 CronJob."""

    spec: CronJobSpec = CronJobSpec()


class PodTemplate(KubeObject, frozen=True):
    """core/v1 PodTemplate: a template alone."""

    pod_template: Template = field(name="template", default=Template())


class WorkloadKind(Struct, frozen=True):
    """A kind with a pod template, and where that is in its Struct."""

    resource: Resource[Any]
    template: Callable[[Any], Template]


def _of_spec(workload: Workload) -> Template:
    return workload.spec.template


def _of_job(cronjob: CronJob) -> Template:
    return cronjob.spec.job_template.spec.template


def _itself(thing: PodTemplate) -> Template:
    return thing.pod_template


_STRUCTS: dict[str, tuple[type[KubeObject], Callable[[Any], Template]]] = {
    "CronJob": (CronJob, _of_job),
    "PodTemplate": (PodTemplate, _itself),
}


def _with_checked_fields(slim: Resource[Any]) -> WorkloadKind:
    struct, template = _STRUCTS.get(slim.kind, (Workload, _of_spec))
    return WorkloadKind(replace(slim, type=struct), template)


WORKLOAD_KINDS = tuple(_with_checked_fields(kind.resource) for kind in workload.WORKLOAD_KINDS)

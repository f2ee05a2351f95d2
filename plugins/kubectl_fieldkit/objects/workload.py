"""The eight kinds with a pod template, by the place where each keeps it."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.pod import PodSpec
from kubectl_fieldkit.objects.resource import Resource


class TemplateMeta(Kube, frozen=True):
    """What a template's pods will carry."""

    labels: dict[str, str] = {}


class Template(Kube, frozen=True):
    """core/v1 PodTemplateSpec."""

    metadata: TemplateMeta = TemplateMeta()
    spec: PodSpec = PodSpec()


class WorkloadSpec(Kube, frozen=True):
    """The spec of a kind that keeps its template at spec.template."""

    replicas: int | None = None
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


def _plain(group: str, plural: str, kind: str) -> WorkloadKind:
    return WorkloadKind(Resource(group, "v1", plural, kind, True, Workload), _of_spec)


WORKLOAD_KINDS = (
    _plain("apps", "deployments", "Deployment"),
    _plain("apps", "statefulsets", "StatefulSet"),
    _plain("apps", "daemonsets", "DaemonSet"),
    _plain("apps", "replicasets", "ReplicaSet"),
    _plain("", "replicationcontrollers", "ReplicationController"),
    _plain("batch", "jobs", "Job"),
    WorkloadKind(
        Resource("batch", "v1", "cronjobs", "CronJob", True, CronJob),
        lambda cronjob: cronjob.spec.job_template.spec.template,
    ),
    WorkloadKind(
        Resource("", "v1", "podtemplates", "PodTemplate", True, PodTemplate),
        lambda template: template.pod_template,
    ),
)

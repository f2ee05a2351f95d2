"""The eight kinds with a pod template, with all of the template that scheduling reads."""

from typing import Any

from msgspec import field

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.pod import PodMeta, PodSpec
from kubectl_why_pending.objects.storage import Claim


class Template(Kube, frozen=True):
    """core/v1 PodTemplateSpec."""

    metadata: PodMeta = PodMeta()
    spec: PodSpec = PodSpec()


class Ordinals(Kube, frozen=True):
    """The number of a StatefulSet's first pod."""

    start: int = 0


class TemplatedSpec(Kube, frozen=True):
    """The template, and what else its controller puts into pods."""

    template: Template = Template()
    selector: Any = None
    volume_claim_templates: list[Claim] = []
    ordinals: Ordinals = Ordinals()
    completion_mode: str = ""
    manual_selector: bool = False

    @property
    def match_labels(self) -> dict[str, str]:
        """The labels of its selector; a ReplicationController has no other kind."""
        labels = (self.selector or {}).get("matchLabels")
        return labels if isinstance(labels, dict) else {}


class Templated(KubeObject, frozen=True):
    """Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet or Job."""

    spec: TemplatedSpec = TemplatedSpec()


class JobTemplate(Kube, frozen=True):
    """batch/v1 JobTemplateSpec."""

    spec: TemplatedSpec = TemplatedSpec()


class CronJobSpec(Kube, frozen=True):
    """What a CronJob makes, again and again."""

    job_template: JobTemplate = JobTemplate()


class CronJob(KubeObject, frozen=True):
    """batch/v1 CronJob."""

    spec: CronJobSpec = CronJobSpec()


class PodTemplate(KubeObject, frozen=True):
    """core/v1 PodTemplate: a template alone."""

    pod_template: Template = field(name="template", default=Template())


def _plain(group: str, plural: str, kind: str) -> Resource[Templated]:
    return Resource(group, "v1", plural, kind, True, Templated)


TEMPLATED: tuple[Resource[Any], ...] = (
    _plain("apps", "deployments", "Deployment"),
    _plain("apps", "statefulsets", "StatefulSet"),
    _plain("apps", "daemonsets", "DaemonSet"),
    _plain("apps", "replicasets", "ReplicaSet"),
    _plain("", "replicationcontrollers", "ReplicationController"),
    _plain("batch", "jobs", "Job"),
    Resource("batch", "v1", "cronjobs", "CronJob", True, CronJob),
    Resource("", "v1", "podtemplates", "PodTemplate", True, PodTemplate),
)

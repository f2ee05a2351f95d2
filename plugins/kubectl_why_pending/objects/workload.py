"""What makes pods, as far as it tells why there are too few of them."""

from typing import Any

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.pod import Condition
from kubectl_why_pending.objects.pod_template import Ordinals, Template


class WorkloadSpec(Kube, frozen=True):
    """How many pods are wanted, and whether any are."""

    replicas: int | None = None
    paused: bool = False
    suspend: bool = False
    parallelism: int | None = None
    completions: int | None = None
    pod_management_policy: str = ""
    ordinals: Ordinals = Ordinals()


class WorkloadStatus(Kube, frozen=True):
    """How many pods there are."""

    replicas: int = 0
    ready_replicas: int = 0
    active: int = 0
    succeeded: int = 0
    desired_number_scheduled: int = 0
    current_number_scheduled: int = 0
    conditions: list[Condition] = []


class Workload(KubeObject, frozen=True):
    """Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet, Job or CronJob."""

    spec: WorkloadSpec = WorkloadSpec()
    status: WorkloadStatus = WorkloadStatus()


class DaemonSetSpec(WorkloadSpec, frozen=True):
    """The template says which nodes are left out."""

    template: Template = Template()


class DaemonSet(Workload, frozen=True):
    """A pod on every node that its template allows."""

    spec: DaemonSetSpec = DaemonSetSpec()


def _kind(group: str, plural: str, kind: str) -> Resource[Workload]:
    return Resource(group, "v1", plural, kind, True, Workload)


WORKLOADS: tuple[Resource[Any], ...] = (
    _kind("apps", "deployments", "Deployment"),
    _kind("apps", "replicasets", "ReplicaSet"),
    _kind("apps", "statefulsets", "StatefulSet"),
    Resource("apps", "v1", "daemonsets", "DaemonSet", True, DaemonSet),
    _kind("", "replicationcontrollers", "ReplicationController"),
    _kind("batch", "jobs", "Job"),
    _kind("batch", "cronjobs", "CronJob"),
)

"""apps/v1 DaemonSet: an agent, and the nodes that it is meant for."""

from kubectl_fieldkit.objects.label_selector import LabelSelector
from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_proxy_mode.objects.container import PodSpec

NO_SELECTOR, NO_POD = LabelSelector(), PodSpec()


class TemplateMeta(Kube, frozen=True):
    """What its pods carry."""

    labels: dict[str, str] = {}


class Template(Kube, frozen=True):
    """What its pods are made from."""

    metadata: TemplateMeta = TemplateMeta()
    spec: PodSpec = NO_POD


class DaemonSetSpec(Kube, frozen=True):
    """Whose pods they are, and their template."""

    selector: LabelSelector = NO_SELECTOR
    template: Template = Template()


class DaemonSetStatus(Kube, frozen=True):
    """On how many nodes it should run."""

    desired_number_scheduled: int = 0


class DaemonSet(KubeObject, frozen=True):
    """One pod a node, as far as its template's node selector and affinity go."""

    spec: DaemonSetSpec = DaemonSetSpec()
    status: DaemonSetStatus = DaemonSetStatus()


DAEMON_SETS = Resource("apps", "v1", "daemonsets", "DaemonSet", True, DaemonSet)

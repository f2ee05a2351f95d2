"""core/v1 LimitRange: what the containers, pods and claims of a namespace ask for by default and at most."""

from msgspec import field

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_why_pending.objects.pod import Quantities


class LimitRangeItem(Kube, frozen=True):
    """The limits of one `type`: Container, Pod or PersistentVolumeClaim."""

    type: str = ""
    min: Quantities = {}
    max: Quantities = {}
    default_limits: Quantities = field(name="default", default={})
    default_request: Quantities = {}
    max_limit_request_ratio: Quantities = {}


class LimitRangeSpec(Kube, frozen=True):
    """The limits, all of which hold."""

    limits: list[LimitRangeItem] = []


class LimitRange(KubeObject, frozen=True):
    """Limits of a namespace."""

    spec: LimitRangeSpec = LimitRangeSpec()


LIMIT_RANGES = Resource("", "v1", "limitranges", "LimitRange", True, LimitRange)

"""core/v1 Namespace: its labels are what Pod Security reads."""

from kubectl_fieldkit.objects.meta import KubeObject
from kubectl_fieldkit.objects.resource import Resource


class Namespace(KubeObject, frozen=True):
    """A namespace, as far as its metadata goes."""


NAMESPACES = Resource("", "v1", "namespaces", "Namespace", False, Namespace)

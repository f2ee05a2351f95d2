"""What every Kubernetes object has: the base Struct, ObjectMeta, owner references."""

from datetime import datetime

from msgspec import Struct, field


class Kube(Struct, rename="camel", omit_defaults=True, frozen=True, gc=False):
    """Base of every Struct: JSON names in camel case, absent fields at their zero value."""


class OwnerReference(Kube, frozen=True):
    """Who made the object; the one with `controller` set manages it."""

    api_version: str = ""
    kind: str = ""
    name: str = ""
    controller: bool = False


class Annotations(Kube, frozen=True):
    """The annotations that fieldkit reads; all others stay out of memory and snapshots."""

    mirror: str = field(name="kubernetes.io/config.mirror", default="")


class ObjectMeta(Kube, frozen=True):
    """Name, labels and life times of an object, in UTC."""

    name: str = ""
    namespace: str = ""
    labels: dict[str, str] = {}
    annotations: Annotations = Annotations()
    owner_references: list[OwnerReference] = []
    creation_timestamp: datetime | None = None
    deletion_timestamp: datetime | None = None


class KubeObject(Kube, frozen=True):
    """Anything with a name that the API lists."""

    metadata: ObjectMeta = ObjectMeta()

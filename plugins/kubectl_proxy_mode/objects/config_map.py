"""core/v1 ConfigMap of a kube-proxy: the file that it is given, and when that was changed last."""

from datetime import datetime
from typing import Any

from msgspec import field, structs

from kubectl_fieldkit.objects.meta import Kube, KubeObject, ObjectMeta
from kubectl_fieldkit.objects.resource import Resource


class ManagedData(Kube, frozen=True):
    """The root of a ConfigMap's FieldsV1; the keys of its data that one manager wrote."""

    data: dict[str, Any] | None = field(name="f:data", default=None)


class ManagedFields(Kube, frozen=True):
    """Who wrote which of it last, and when."""

    manager: str = ""
    time: datetime | None = None
    fields_v1: ManagedData = field(name="fieldsV1", default=ManagedData())


class ConfigMapMeta(ObjectMeta, frozen=True):
    """Metadata, with the writers of the data."""

    managed_fields: list[ManagedFields] = []


class ProxyConfigMap(KubeObject, frozen=True):
    """Only those of its files are kept that are a kube-proxy's configuration."""

    metadata: ConfigMapMeta = ConfigMapMeta()
    data: dict[str, str] = {}

    def __post_init__(self) -> None:
        """Forgets the other files: kubeadm's kubeconfig is one."""
        kept = {key: text for key, text in self.data.items() if "KubeProxyConfiguration" in text}
        structs.force_setattr(self, "data", kept)

    def changed(self, key: str) -> datetime | None:
        """When the file was written last, as far as the API server remembers its writers."""
        writers = (
            m for m in self.metadata.managed_fields if f"f:{key}" in (m.fields_v1.data or {})
        )
        return max((m.time for m in writers if m.time), default=None)


PROXY_CONFIG_MAPS = Resource("", "v1", "configmaps", "ConfigMap", True, ProxyConfigMap)

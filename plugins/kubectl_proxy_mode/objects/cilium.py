"""cilium.io CiliumNodeConfig: what the agents of some nodes are told beside the ConfigMap."""

from msgspec import field

from kubectl_fieldkit.objects.label_selector import LabelSelector
from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource

REPLACEMENT = "kube-proxy-replacement"


class CiliumDefaults(Kube, frozen=True):
    """The one setting that is read; empty where it is not overridden."""

    replacement: str = field(name=REPLACEMENT, default="")


class CiliumNodeConfigSpec(Kube, frozen=True):
    """Which nodes, none without a selector, and what replaces the ConfigMap's settings there."""

    node_selector: LabelSelector | None = None
    defaults: CiliumDefaults = CiliumDefaults()


class CiliumNodeConfig(KubeObject, frozen=True):
    """An override; agents take it when they start."""

    spec: CiliumNodeConfigSpec = CiliumNodeConfigSpec()


# v2 since Cilium 1.16, where v2alpha1 is still served
CILIUM_NODE_CONFIGS = Resource(
    "cilium.io", "v2", "ciliumnodeconfigs", "CiliumNodeConfig", True, CiliumNodeConfig
)
CILIUM_NODE_CONFIGS_ALPHA = Resource(
    "cilium.io", "v2alpha1", "ciliumnodeconfigs", "CiliumNodeConfig", True, CiliumNodeConfig
)

"""The two objects that turn Calico's eBPF data plane on: the operator's, and Felix' own."""

from msgspec import field

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource


class CalicoNetwork(Kube, frozen=True):
    """The data plane (Iptables, BPF, Nftables, VPP), and whether the operator parks kube-proxy."""

    linux_dataplane: str = ""
    kube_proxy_management: str = ""


class InstallationSpec(Kube, frozen=True):
    """What the operator is to install."""

    calico_network: CalicoNetwork = CalicoNetwork()


class Installation(KubeObject, frozen=True):
    """operator.tigera.io Installation; the one that counts is called default."""

    spec: InstallationSpec = InstallationSpec()


class FelixSpec(Kube, frozen=True):
    """Whether Felix is to load its eBPF programs; None where it is not said."""

    bpf_enabled: bool | None = field(name="bpfEnabled", default=None)


class FelixConfiguration(KubeObject, frozen=True):
    """crd.projectcalico.org FelixConfiguration: `default` is for all nodes, `node.NAME` for one."""

    spec: FelixSpec = FelixSpec()


INSTALLATIONS = Resource(
    "operator.tigera.io", "v1", "installations", "Installation", False, Installation
)
FELIX_CONFIGURATIONS = Resource(
    "crd.projectcalico.org",
    "v1",
    "felixconfigurations",
    "FelixConfiguration",
    False,
    FelixConfiguration,
)

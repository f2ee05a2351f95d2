"""What one way said of one node's proxy; `probing` makes it, and the domain weighs it."""

from typing import Literal

from msgspec import Struct, field

from kubectl_fieldkit.envelope import Document

Way = Literal["portforward", "pods/proxy", "nodes/proxy", "logs", "event"]


class ProxyConfig(Document, frozen=True):
    """The effective settings that /configz gives, by their own names; as the process has them, not a file."""

    mode: str = ""
    bind_address: str = ""
    metrics_bind_address: str = ""
    cluster_cidr: str = field(name="clusterCIDR", default="")
    detect_local_mode: str = ""
    node_port_addresses: tuple[str, ...] = ()
    strict_arp: bool = field(name="strictARP", default=False)
    scheduler: str = ""
    masquerade_all: bool = False


class Probe(Struct, frozen=True):
    """One way's answer about one node: a mode, or in words to act on why there is none."""

    node: str
    pod: str
    way: Way
    mode: str = ""
    version: str = ""
    config: ProxyConfig | None = None
    failure: str = ""
    hint: str = ""


class Target(Struct, frozen=True):
    """A pod of kube-proxy that can be asked, and where its metrics server should listen."""

    node: str
    pod: str
    namespace: str
    phase: str
    host_network: bool
    port: int = 10249

"""What is decided of a node: the answer itself, and what it was weighed from."""

from collections.abc import Sequence

from msgspec import Struct

from kubectl_fieldkit.envelope import Certainty, Document
from kubectl_proxy_mode.evidence import Probe, ProxyConfig
from kubectl_proxy_mode.implementations.claim import Embedded
from kubectl_proxy_mode.implementations.landscape import Replacement
from kubectl_proxy_mode.objects.node import Node
from kubectl_proxy_mode.objects.pod import Pod


class NodeProxy(Document, frozen=True):
    """How service traffic flows on one node, and how that is known.

    `mode` is empty where nobody can tell. `configured` is what kube-proxy, or what replaces it, is told:
    empty where it is told no mode, null where that is not known. `observed` is what kube-proxy itself said,
    empty where it said nothing; `settings` are its own, not a file's.
    """

    name: str
    mode: str
    certainty: Certainty
    source: str
    configured: str | None
    configured_by: str
    observed: str
    implementation: str
    version: str
    pod: str
    settings: ProxyConfig | None
    notes: list[str]


class Judged(Struct, frozen=True):
    """A node with its answer, and the evidence.

    `replacement` is what replaces kube-proxy, or may; `inside` of the distribution that starts kube-proxy
    itself, or says that there is none.
    """

    node: Node
    answer: NodeProxy
    replacement: Replacement | None = None
    inside: Embedded | None = None
    pod: Pod | None = None
    probes: tuple[Probe, ...] = ()


class Cluster(Struct, frozen=True):
    """All that is known, for rules that look at the whole."""

    judged: Sequence[Judged]
    server_version: str

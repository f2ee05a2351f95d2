"""What a distribution says of a kube-proxy that is no pod."""

from collections.abc import Callable

from msgspec import Struct

from kubectl_proxy_mode.implementations.landscape import Certainty
from kubectl_proxy_mode.objects.node import Node


class Embedded(Struct, frozen=True):
    """A node's kube-proxy inside another process; `off` is that there is none.

    `mode` is empty where it is not known: the process has its own defaults, or a file on the node.
    """

    implementation: str
    source: str
    mode: str = ""
    certainty: Certainty = "configured"
    version: str = ""
    notes: tuple[str, ...] = ()
    off: bool = False


OfNode = Callable[[Node], Embedded | None]

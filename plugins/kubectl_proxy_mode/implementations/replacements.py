"""Every system that can carry service traffic in kube-proxy's place."""

from kubectl_proxy_mode.implementations import (
    antrea,
    calico,
    cilium,
    gke_dataplane_v2,
    kube_router,
    ovn_kubernetes,
)
from kubectl_proxy_mode.implementations.landscape import Landscape, Replacement

SYSTEMS = (cilium, gke_dataplane_v2, calico, antrea, ovn_kubernetes, kube_router)


def replacements(landscape: Landscape) -> dict[str, Replacement]:
    """Who replaces kube-proxy, by node: the first system that says so, before any that only may."""
    found = [replacement for system in SYSTEMS for replacement in system.find(landscape)]
    by_node: dict[str, Replacement] = {}
    for replacement in sorted(found, key=lambda each: each.certainty == "unknown"):
        for node in replacement.nodes:
            by_node.setdefault(node, replacement)
    return by_node

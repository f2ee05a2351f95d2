"""Every distribution that runs kube-proxy inside a process of its own, or says that it runs none."""

from collections.abc import Sequence

from kubectl_proxy_mode.implementations import eks, k3s, microk8s, rke2
from kubectl_proxy_mode.implementations.claim import Embedded
from kubectl_proxy_mode.objects.node import Node

DISTRIBUTIONS = (k3s, rke2, microk8s, eks)


def embedded(nodes: Sequence[Node]) -> dict[str, Embedded]:
    """What is said of the nodes of a distribution, by name."""
    judges = [each.judge(nodes) for each in DISTRIBUTIONS]
    found = {}
    for node in nodes:
        said = next((claim for judge in judges if (claim := judge(node))), None)
        if said:
            found[node.metadata.name] = said
    return found

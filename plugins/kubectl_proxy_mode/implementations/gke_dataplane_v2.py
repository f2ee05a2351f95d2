"""GKE Dataplane V2: Google's build of Cilium, the DaemonSet anetd, which needs no kube-proxy."""

from collections.abc import Iterator

from kubectl_proxy_mode.implementations.landscape import DOCUMENTED, Landscape, Replacement

NAME, AGENT = "gke-dataplane-v2", "anetd"


def find(landscape: Landscape) -> Iterator[Replacement]:
    """The nodes that anetd is meant for."""
    for agent in landscape.named(AGENT):
        note = f"GKE Dataplane V2 is {DOCUMENTED}"
        yield Replacement(NAME, "ebpf", agent.nodes, str(agent), "inferred", "", (note,))

"""OVN-Kubernetes, as in OpenShift: Services are load balancers of OVN, and no kube-proxy is needed."""

from collections.abc import Iterator

from kubectl_proxy_mode.implementations.landscape import (
    DOCUMENTED,
    Certainty,
    Landscape,
    Replacement,
)

NAME, AGENT, TYPE = "ovn-kubernetes", "ovnkube-node", "OVNKubernetes"
OPERATOR = f"Network.operator.openshift.io cluster: defaultNetwork.type={TYPE}"
NOTES = (f"OVN-Kubernetes is {DOCUMENTED}",)


def find(landscape: Landscape) -> Iterator[Replacement]:
    """The nodes of ovnkube-node; OpenShift's operator says in words that it was to be so."""
    network = landscape.network
    said = network is not None and network.spec.default_network.type == TYPE
    certainty: Certainty = "configured" if said else "inferred"
    for agent in landscape.named(AGENT):
        source = OPERATOR if said else str(agent)
        yield Replacement(NAME, "ovn", agent.nodes, source, certainty, "", NOTES)

"""kube-router: IPVS by its own hand, where `--run-service-proxy` is not turned off."""

from collections.abc import Iterator

from kubectl_proxy_mode.implementations.landscape import DOCUMENTED, Landscape, Replacement
from kubectl_proxy_mode.objects.flags import flag_value

NAME, AGENT, FLAG = "kube-router", "kube-router", "run-service-proxy"
NOTES = (
    "its IPVS is its own: the end of kube-proxy's ipvs mode does not concern it",
    f"kube-router is {DOCUMENTED}",
)


def find(landscape: Landscape) -> Iterator[Replacement]:
    """The nodes of a kube-router that serves Services; the flag is on unless it is said."""
    for agent in landscape.named(AGENT):
        said = flag_value(agent.args, FLAG)
        if said is None or said.lower() == "true":
            source = f"{agent}: --{FLAG}" + ("=true" if said else " by default")
            yield Replacement(NAME, "ipvs", agent.nodes, source, "configured", agent.version, NOTES)

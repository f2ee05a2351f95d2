"""Calico's eBPF data plane: the operator's Installation, or Felix' own configuration."""

from collections.abc import Iterator, Mapping

from kubectl_proxy_mode.implementations.landscape import (
    DOCUMENTED,
    Landscape,
    Replacement,
    unsure,
)

NAME, AGENT, BPF = "calico", "calico-node", "BPF"
KINDS = {"installations": "Installation default", "felixconfigurations": "a FelixConfiguration"}


def find(landscape: Landscape) -> Iterator[Replacement]:
    """The nodes whose calico-node is told to load eBPF programs, by the object that tells it."""
    felix = {each.metadata.name: each.spec.bpf_enabled for each in landscape.felix}
    missing = [name for kind, name in KINDS.items() if kind in landscape.unread]
    for agent in landscape.named(AGENT):
        written: dict[str, set[str]] = {}
        for node in agent.nodes:
            written.setdefault(_source(landscape, felix, node), set()).add(node)
        off = frozenset(written.pop("", ()))
        if off and missing:
            yield unsure(NAME, agent, off, " or ".join(missing))
        notes = (f"Calico's eBPF data plane is {DOCUMENTED}",)
        for source, nodes in sorted(written.items()):
            on = frozenset(nodes)
            yield Replacement(NAME, "ebpf", on, source, "configured", agent.version, notes)


def _source(landscape: Landscape, felix: Mapping[str, bool | None], node: str) -> str:
    """What turns eBPF on, or empty: the node's own FelixConfiguration, the operator, the default one."""
    own = f"node.{node}"
    if felix.get(own) is not None:
        return f"FelixConfiguration {own}: bpfEnabled=true" if felix[own] else ""
    installed = landscape.installation
    if installed and installed.spec.calico_network.linux_dataplane == BPF:
        return f"Installation default: linuxDataplane={BPF}"
    return "FelixConfiguration default: bpfEnabled=true" if felix.get("default") else ""

"""Antrea: `antreaProxy.proxyAll` in its agent's configuration; without it AntreaProxy serves pods alone."""

from collections.abc import Iterator
from typing import Any

from kubectl_proxy_mode.implementations.landscape import (
    DOCUMENTED,
    Agent,
    Landscape,
    Replacement,
    unsure,
)

NAME, AGENT, CONFIG = "antrea", "antrea-agent", "antrea-config"
NOTES = (
    "from Antrea 2.1 on proxyAll serves all Services even beside kube-proxy",
    f"Antrea is {DOCUMENTED}",
)


def find(landscape: Landscape) -> Iterator[Replacement]:
    """The nodes of the agents that are told to serve all Services."""
    for agent in landscape.named(AGENT):
        place = settings_of(agent)
        settings, where = landscape.settings.get(place), f"ConfigMap {place}"
        if place in landscape.unread:
            yield unsure(NAME, agent, agent.nodes, where)
        elif settings and _serves_all(settings.data.antrea):
            source = f"{where}: antreaProxy.proxyAll=true"
            yield Replacement(NAME, "ovs", agent.nodes, source, "configured", agent.version, NOTES)


def settings_of(agent: Agent) -> str:
    """The ConfigMap that the agent mounts; before Antrea 1.6 its name ended in a hash."""
    name = next((name for name in agent.config_maps if name.startswith(CONFIG)), CONFIG)
    return f"{agent.namespace}/{name}"


def _serves_all(text: str) -> bool:
    """Whether proxyAll is on, and AntreaProxy is not off; no YAML is no yes, the agent would not start."""
    from kubectl_fieldkit.yaml_document import parse_yaml

    try:
        settings = parse_yaml(text.encode())
    except ValueError:
        return False
    proxy, gates = _section(settings, "antreaProxy"), _section(settings, "featureGates")
    off = proxy.get("enable") is False or gates.get("AntreaProxy") is False
    return proxy.get("proxyAll") is True and not off


def _section(settings: object, name: str) -> dict[str, Any]:
    found = settings.get(name) if isinstance(settings, dict) else None
    return found if isinstance(found, dict) else {}

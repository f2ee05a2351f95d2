"""Cilium: `kube-proxy-replacement` in its ConfigMap, or in a CiliumNodeConfig for some nodes."""

from collections.abc import Iterator

from kubectl_fieldkit.selectors import selects
from kubectl_proxy_mode.implementations.landscape import (
    DOCUMENTED,
    Agent,
    Labels,
    Landscape,
    Replacement,
    unsure,
)
from kubectl_proxy_mode.objects.cilium import REPLACEMENT, CiliumNodeConfig

NAME, AGENT, CONFIG, OVERRIDES = "cilium", "cilium", "cilium-config", "ciliumnodeconfigs"
ON = (
    "true",
    "strict",
)  # strict is the word before 1.14; partial and probe leave work to kube-proxy


def find(landscape: Landscape) -> Iterator[Replacement]:
    """A replacement for each place where the value is on, with the nodes that it is on for."""
    for agent in landscape.named(AGENT):
        place = f"{agent.namespace}/{CONFIG}"
        if place in landscape.unread or OVERRIDES in landscape.unread:
            where = f"ConfigMap {place}" if place in landscape.unread else "a CiliumNodeConfig"
            yield unsure(NAME, agent, agent.nodes, where)
        else:
            yield from _of(landscape, agent, place)


def _of(landscape: Landscape, agent: Agent, place: str) -> Iterator[Replacement]:
    settings = landscape.settings.get(place)
    base = (f"ConfigMap {place}", settings.data.cilium.lower() if settings else "")
    found = landscape.overrides.get(agent.namespace, ())
    overrides = sorted(found, key=lambda each: each.metadata.name, reverse=True)
    written: dict[tuple[str, str], set[str]] = {}
    for node in agent.nodes:
        said = _override(overrides, landscape.nodes[node]) or base
        written.setdefault(said, set()).add(node)
    for (where, value), nodes in sorted(written.items()):
        if value in ON:
            yield _replacement(agent, frozenset(nodes), where, value)


def _override(overrides: list[CiliumNodeConfig], labels: Labels) -> tuple[str, str] | None:
    """The place and the value; of several that select a node the last by name has the last word.

    Mirrors ResolveConfigurations of github.com/cilium/cilium/pkg/option/resolver.
    """
    for override in overrides:
        value = override.spec.defaults.replacement.lower()
        if value and selects(override.spec.node_selector, labels):
            return f"CiliumNodeConfig {override.metadata.namespace}/{override.metadata.name}", value
    return None


def _replacement(agent: Agent, nodes: frozenset[str], where: str, value: str) -> Replacement:
    notes = [f'Cilium is {DOCUMENTED}: "cilium-dbg status" in the agent\'s pod tells the truth']
    if value == "strict":
        notes.insert(0, "strict is deprecated since Cilium 1.14: write true")
    source = f"{where}: {REPLACEMENT}={value}"
    return Replacement(NAME, "ebpf", nodes, source, "configured", agent.version, tuple(notes))

"""What the replacements are recognised by: which objects that takes, and the Landscape made of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from kubectl_fieldkit.reading import Request, one_object
from kubectl_proxy_mode.implementations import antrea, calico, cilium, ovn_kubernetes
from kubectl_proxy_mode.implementations.landscape import Agent, Landscape
from kubectl_proxy_mode.implementations.replacements import SYSTEMS
from kubectl_proxy_mode.objects.calico import FELIX_CONFIGURATIONS, INSTALLATIONS
from kubectl_proxy_mode.objects.cilium import (
    CILIUM_NODE_CONFIGS,
    CILIUM_NODE_CONFIGS_ALPHA,
    CiliumNodeConfig,
)
from kubectl_proxy_mode.objects.daemonset import DaemonSet
from kubectl_proxy_mode.objects.node import Node
from kubectl_proxy_mode.objects.openshift import NETWORKS
from kubectl_proxy_mode.objects.settings import AGENT_CONFIG_MAPS, AgentConfigMap
from kubectl_proxy_mode.seen import Seen, is_meant_for

INSTALLATION = one_object(INSTALLATIONS, "default")
FELIX = Request(FELIX_CONFIGURATIONS)
NETWORK = one_object(NETWORKS, "cluster")
NAMES = frozenset(system.AGENT for system in SYSTEMS)
CILIUM_VERSIONS = (CILIUM_NODE_CONFIGS, CILIUM_NODE_CONFIGS_ALPHA)


def asks(seen: Seen) -> Iterator[Request[Any]]:
    """The objects that steer the agents whose DaemonSets are there, and no others."""
    for daemonset in seen.daemonsets or ():
        name, namespace = daemonset.metadata.name, daemonset.metadata.namespace
        if place := _settings_of(_agent(daemonset, ())):
            yield _settings_at(place)
        if name == cilium.AGENT:
            yield from (Request(resource, namespace=namespace) for resource in CILIUM_VERSIONS)
        elif name == calico.AGENT:
            yield from (INSTALLATION, FELIX)
        elif name == ovn_kubernetes.AGENT and namespace.startswith("openshift-"):
            yield NETWORK


def survey(seen: Seen) -> Landscape:
    """All that was read, as the replacements look at it."""
    linux = [node for node in seen.nodes if not node.windows]
    agents = [_agent(each, linux) for each in seen.daemonsets or () if each.metadata.name in NAMES]
    places = [place for agent in agents if (place := _settings_of(agent))]
    found = {place: seen.one(_settings_at(place)) for place in places}
    unknown = [request for request in seen.objects if seen.is_unknown(request)]
    return Landscape(
        nodes={node.metadata.name: node.metadata.labels for node in linux},
        agents=agents,
        settings={place: settings for place, settings in found.items() if settings},
        overrides={agent.namespace: _overrides(seen, agent.namespace) for agent in agents},
        installation=seen.one(INSTALLATION),
        felix=seen.list(FELIX) or (),
        network=seen.one(NETWORK),
        unread=frozenset(name for request in unknown for name in _names(request)),
    )


def _names(request: Request[Any]) -> tuple[str, str]:
    return request.resource.plural, f"{request.namespace}/{request.name}"


def _overrides(seen: Seen, namespace: str) -> Sequence[CiliumNodeConfig]:
    """Both versions show the same objects where both are served."""
    lists = (seen.list(Request(resource, namespace=namespace)) for resource in CILIUM_VERSIONS)
    return next((found for found in lists if found), ())


def _settings_at(place: str) -> Request[AgentConfigMap]:
    namespace, _, name = place.partition("/")
    return one_object(AGENT_CONFIG_MAPS, name, namespace)


def _settings_of(agent: Agent) -> str:
    """The place of the ConfigMap that tells the agent whether it replaces kube-proxy; empty for none."""
    if agent.name == cilium.AGENT:
        return f"{agent.namespace}/{cilium.CONFIG}"
    return antrea.settings_of(agent) if agent.name == antrea.AGENT else ""


def _agent(daemonset: DaemonSet, nodes: Sequence[Node]) -> Agent:
    spec = daemonset.spec.template.spec
    return Agent(
        daemonset.metadata.namespace,
        daemonset.metadata.name,
        frozenset(node.metadata.name for node in nodes if is_meant_for(daemonset, node)),
        tuple(flag for container in spec.containers for flag in container.args),
        tuple(container.image for container in spec.containers),
        tuple(volume.config_map.name for volume in spec.volumes if volume.config_map),
    )

"""What the replacements of kube-proxy are recognised by, in one value; and what they say."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from kubectl_proxy_mode.objects.calico import FelixConfiguration, Installation
from kubectl_proxy_mode.objects.cilium import CiliumNodeConfig
from kubectl_proxy_mode.objects.openshift import Network
from kubectl_proxy_mode.objects.settings import AgentConfigMap

Labels = Mapping[str, str]
Certainty = Literal["configured", "inferred", "unknown"]


class Agent(Struct, frozen=True):
    """A networking system's DaemonSet, and the names of the nodes that it is meant for.

    `args` are its containers' flags; `config_maps` the names of those that it mounts.
    """

    namespace: str
    name: str
    nodes: frozenset[str]
    args: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    config_maps: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"DaemonSet {self.namespace}/{self.name}"

    @property
    def version(self) -> str:
        """The tag of its first container's image; empty where it is given by digest alone."""
        image = self.images[0].partition("@")[0].rpartition("/")[2] if self.images else ""
        return image.partition(":")[2]


class Landscape(Struct, frozen=True):
    """The Linux nodes by name with their labels, the agents, and the objects that steer these.

    Settings and overrides are by NAMESPACE/NAME and by namespace. `unread` are the plurals of
    objects, and the NAMESPACE/NAMEs of settings, that could not be read.
    """

    nodes: Mapping[str, Labels]
    agents: Sequence[Agent] = ()
    settings: Mapping[str, AgentConfigMap] = {}
    overrides: Mapping[str, Sequence[CiliumNodeConfig]] = {}
    installation: Installation | None = None
    felix: Sequence[FelixConfiguration] = ()
    network: Network | None = None
    unread: frozenset[str] = frozenset()

    def named(self, name: str) -> list[Agent]:
        """The agents of this name, in whatever namespace."""
        return [agent for agent in self.agents if agent.name == name]


class Replacement(Struct, frozen=True):
    """A system that carries service traffic on these nodes, and what says so.

    `mode` is how it does. A certainty of unknown means that it may, and what would settle it is unread.
    """

    name: str
    mode: str
    nodes: frozenset[str]
    source: str
    certainty: Certainty
    version: str = ""
    notes: tuple[str, ...] = ()


DOCUMENTED = "recognised by its documentation, not tried on a cluster"


def unsure(name: str, agent: Agent, nodes: frozenset[str], where: str) -> Replacement:
    """What is said where an agent runs, and the object that would tell its part could not be read."""
    note = f"{name} may carry service traffic here: {where} says it, and could not be read"
    return Replacement(name, "", nodes, str(agent), "unknown", agent.version, (note,))

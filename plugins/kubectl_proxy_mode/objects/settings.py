"""core/v1 ConfigMap of a networking agent: the one or two settings that decide, and nothing else."""

from collections.abc import Iterator

from msgspec import field, structs

from kubectl_fieldkit.objects.meta import Kube, KubeObject
from kubectl_fieldkit.objects.resource import Resource
from kubectl_proxy_mode.objects.cilium import REPLACEMENT

ANTREA_FILE = "antrea-agent.conf"
SECTIONS = ("featureGates:", "antreaProxy:")
KEYS = ("AntreaProxy:", "enable:", "proxyAll:")


def _kept(lines: list[str]) -> Iterator[str]:
    for line in lines:
        name, colon, _ = line.partition(":")
        if line.startswith(SECTIONS) or (line[:1] == " " and line.strip().startswith(KEYS)):
            yield line
        elif colon and line[:1] not in (" ", "#"):
            yield f"{name}:"


class AgentData(Kube, frozen=True):
    """Cilium's setting, and the lines of Antrea's file that can be about its proxy."""

    cilium: str = field(name=REPLACEMENT, default="")
    antrea: str = field(name=ANTREA_FILE, default="")

    def __post_init__(self) -> None:
        """Forgets Antrea's other settings, but not that they are there: an indented line is its section's."""
        structs.force_setattr(self, "antrea", "\n".join(_kept(self.antrea.splitlines())))


class AgentConfigMap(KubeObject, frozen=True):
    """The settings of an agent."""

    data: AgentData = AgentData()


AGENT_CONFIG_MAPS = Resource("", "v1", "configmaps", "ConfigMap", True, AgentConfigMap)

"""What a pod or a pod template says of its containers, as far as a proxy's mode goes."""

from functools import cached_property

from msgspec import Struct, structs

from kubectl_fieldkit.objects.affinity import Affinity
from kubectl_fieldkit.objects.meta import Kube
from kubectl_proxy_mode.objects.flags import flag_value, kept_flags, programs

NO_AFFINITY = Affinity()


class VolumeMount(Kube, frozen=True):
    """Where a container sees a volume."""

    name: str = ""
    mount_path: str = ""


class Container(Kube, frozen=True):
    """One container; of `command` only kube-proxy's own name is kept, of `args` the flags of `flags.KEPT`."""

    name: str = ""
    image: str = ""
    command: list[str] = []
    args: list[str] = []
    volume_mounts: list[VolumeMount] = []

    def __post_init__(self) -> None:
        """Forgets all words that nobody reads: they may be secret."""
        words = [*self.command, *self.args]
        structs.force_setattr(self, "command", programs(words))
        structs.force_setattr(self, "args", kept_flags(words))

    @property
    def runs_kube_proxy(self) -> bool:
        """Whether it starts kube-proxy, by its command or its image."""
        image = self.image.rpartition("/")[2].partition(":")[0].partition("@")[0]
        return bool(self.command) or image.startswith("kube-proxy")


class ConfigMapVolume(Kube, frozen=True):
    """The ConfigMap that a volume shows."""

    name: str = ""


class Volume(Kube, frozen=True):
    """A volume; one that is no ConfigMap has only its name."""

    name: str = ""
    config_map: ConfigMapVolume | None = None


class ConfigFile(Struct, frozen=True):
    """A key of a ConfigMap of the pod's namespace; where that is empty, a file of the node."""

    path: str
    config_map: str = ""
    key: str = ""


class PodSpec(Kube, frozen=True, dict=True, gc=True):  # both for the cached properties
    """What is run, and where it may be."""

    node_name: str = ""
    node_selector: dict[str, str] = {}
    affinity: Affinity = NO_AFFINITY
    host_network: bool = False
    containers: list[Container] = []
    volumes: list[Volume] = []

    @cached_property
    def kube_proxy(self) -> Container | None:
        """The container that runs kube-proxy."""
        return next((c for c in self.containers if c.runs_kube_proxy), None)

    @cached_property
    def config_file(self) -> ConfigFile | None:
        """The file that kube-proxy is started with; None where its arguments are all."""
        path = flag_value(self.kube_proxy.args, "config") if self.kube_proxy else None
        return self._mounted(self.kube_proxy, path) if self.kube_proxy and path else None

    def _mounted(self, container: Container, path: str) -> ConfigFile:
        """By the longest of the mounts that the path is in."""
        maps = {v.name: v.config_map.name for v in self.volumes if v.config_map}
        for mount in sorted(container.volume_mounts, key=lambda m: -len(m.mount_path)):
            folder = mount.mount_path.rstrip("/")
            if path != folder and not path.startswith(f"{folder}/"):
                continue
            if mount.name not in maps:
                break
            key = path.removeprefix(folder).lstrip("/") or path.rpartition("/")[2]
            return ConfigFile(path, maps[mount.name], key)
        return ConfigFile(path)

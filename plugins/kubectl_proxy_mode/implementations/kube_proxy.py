"""kube-proxy itself: what its arguments and its ConfigMap tell it to do (cmd/kube-proxy/app/options.go)."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from kubectl_fieldkit.reading import Request, one_object
from kubectl_proxy_mode.objects.config_map import PROXY_CONFIG_MAPS, ProxyConfigMap
from kubectl_proxy_mode.objects.container import PodSpec
from kubectl_proxy_mode.objects.daemonset import DaemonSet
from kubectl_proxy_mode.objects.flags import flag_value
from kubectl_proxy_mode.seen import Seen, is_meant_for

Place = tuple[str, str]  # a namespace and a name

NAME, METRICS = "kube-proxy", "metrics-bind-address"
# Where kubeadm, kind and k0s keep the configuration, and where EKS does.
STANDARD = (("kube-system", "kube-proxy"), ("kube-system", "kube-proxy-config"))


class Configured(Struct, frozen=True):
    """What is written for a kube-proxy: a mode, empty where none is given, None where it is unknown.

    `changed` is when the file was written last, `why` the reason of an unknown, `metrics` the address
    of the server that can be asked.
    """

    mode: str | None
    source: str = ""
    changed: datetime | None = None
    why: str = ""
    metrics: str = ""


class Configurations:
    """The ConfigMaps as far as they were read; each file is parsed once for all the nodes."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._read: dict[tuple[Place, str], Configured] = {}

    def of(self, spec: PodSpec, namespace: str, what: str) -> Configured:
        """What the arguments of `what` say; where they name a file, its word is the only one."""
        file = spec.config_file
        if file is None:
            container = spec.kube_proxy
            flags = container.args if container else []
            mode, metrics = flag_value(flags, "proxy-mode"), flag_value(flags, METRICS)
            return Configured(mode or "", f"arguments of {what}", metrics=metrics or "")
        if not file.key:
            why = f"only kube-proxy itself can tell: its configuration is {file.path} of the node"
            return Configured(None, why=why)
        return self._file((namespace, file.config_map), file.key)

    def standard(self) -> Configured:
        """What stands where installers keep it, for a kube-proxy of which nothing else is known."""
        for place in STANDARD:
            if config_map := self._seen.one(config_map_at(place)):
                return self._file(place, next(iter(config_map.data), "config.conf"))
        return Configured(None, why="no configuration of a kube-proxy was found")

    def _file(self, place: Place, key: str) -> Configured:
        if (place, key) not in self._read:
            self._read[place, key] = self._read_file(place, key)
        return self._read[place, key]

    def _read_file(self, place: Place, key: str) -> Configured:
        where = f"ConfigMap {'/'.join(place)}"
        request = config_map_at(place)
        config_map = self._seen.one(request)
        if config_map is None:
            state = "could not be read" if self._seen.is_unknown(request) else "is not there"
            return Configured(None, where, why=f"{where} {state}")
        written = _parse(config_map.data.get(key, ""))
        if written is None:
            why = f"{where} holds no kube-proxy configuration in {key}"
            return Configured(None, where, why=why)
        mode, metrics = (str(written.get(k) or "") for k in ("mode", "metricsBindAddress"))
        return Configured(mode, where, config_map.changed(key), metrics=metrics)


def _parse(text: str) -> dict[str, object] | None:
    """A KubeProxyConfiguration; None where the text is none."""
    from kubectl_fieldkit.yaml_document import parse_yaml

    try:
        found = parse_yaml(text.encode())
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def config_map_at(place: Place) -> Request[ProxyConfigMap]:
    """The question for a ConfigMap of a kube-proxy."""
    namespace, name = place
    return one_object(PROXY_CONFIG_MAPS, name, namespace)


def asks(seen: Seen) -> list[Request[ProxyConfigMap]]:
    """The ConfigMaps that kube-proxies are started with; the standard ones where none is known."""
    files = ((namespace, spec.config_file) for spec, namespace in _kube_proxies(seen))
    found = {(namespace, file.config_map) for namespace, file in files if file and file.key}
    return [config_map_at(place) for place in sorted(found) or STANDARD]


def daemonsets(seen: Seen) -> list[DaemonSet]:
    """Those that run kube-proxies."""
    return [each for each in seen.daemonsets or () if each.spec.template.spec.kube_proxy]


def _kube_proxies(seen: Seen) -> Iterator[tuple[PodSpec, str]]:
    for pod in seen.pods or ():
        yield pod.spec, pod.metadata.namespace
    for daemonset in daemonsets(seen):
        if any(is_meant_for(daemonset, node) for node in seen.nodes):
            yield daemonset.spec.template.spec, daemonset.metadata.namespace

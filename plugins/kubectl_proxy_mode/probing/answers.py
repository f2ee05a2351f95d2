"""What a kube-proxy says of itself: its mode, its effective settings and its version."""

import re
from typing import Any

import msgspec

from kubectl_fieldkit.cluster.http1 import Response
from kubectl_proxy_mode.evidence import ProxyConfig

PATHS = ("/proxyMode", "/configz", "/metrics")
MODES = frozenset({"iptables", "ipvs", "nftables", "kernelspace", "userspace"})

_BUILD = re.compile(rb'^kubernetes_build_info\{[^}\n]*git_version="(v[0-9A-Za-z.+-]{1,60})"', re.M)
_GROUP = "kubeproxy.config.k8s.io"


def mode_in(response: Response) -> str:
    """The mode that /proxyMode names; nothing where it is not a kube-proxy that answers."""
    word = response.body[:40].decode("ascii", "replace").strip()
    return word if response.status == 200 and word in MODES else ""


def version_in(response: Response) -> str:
    """The version in /metrics, such as v1.37.2; nothing where it is not told."""
    found = _BUILD.search(response.body) if response.status == 200 else None
    return found[1].decode() if found else ""


def config_in(response: Response) -> ProxyConfig | None:
    """The settings in /configz; None where it does not answer.

    Up to 1.36 its fields have Go's names (`Mode`, `IPVS.StrictARP`), from 1.37 those of v1alpha1.
    """
    try:
        document = msgspec.json.decode(response.body) if response.status == 200 else {}
        settings = _lower(document.get(_GROUP)) if isinstance(document, dict) else {}
        return _config(settings) if settings else None
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError):
        return None


def _config(settings: dict[str, Any]) -> ProxyConfig:
    ipvs, iptables = _part(settings, "ipvs"), _part(settings, "iptables")
    given = {
        "mode": settings.get("mode"),
        "bindAddress": settings.get("bindaddress"),
        "metricsBindAddress": settings.get("metricsbindaddress"),
        "clusterCIDR": settings.get("clustercidr") or _cidrs(settings),
        "detectLocalMode": settings.get("detectlocalmode"),
        "nodePortAddresses": settings.get("nodeportaddresses"),
        "strictARP": ipvs.get("strictarp"),
        "scheduler": ipvs.get("scheduler"),
        "masqueradeAll": iptables.get(
            "masqueradeall", _part(settings, "linux").get("masqueradeall")
        ),
    }
    told = {name: value for name, value in given.items() if value is not None}
    return msgspec.convert(told, ProxyConfig)


def _cidrs(settings: dict[str, Any]) -> str:
    cidrs = _part(settings, "detectlocal").get("clustercidrs") or []
    return ",".join(map(str, cidrs))


def _part(settings: dict[str, Any], name: str) -> dict[str, Any]:
    part = settings.get(name)
    return part if isinstance(part, dict) else {}


def _lower(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.lower(): _lower(part) for key, part in value.items()}
    return value

"""kube-proxy on one node: what it runs as, by what it said itself, what it was told, and since when."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct

from kubectl_fieldkit.ages import human_duration
from kubectl_fieldkit.envelope import Certainty
from kubectl_proxy_mode.evidence import Probe
from kubectl_proxy_mode.implementations.claim import Embedded
from kubectl_proxy_mode.implementations.kube_proxy import NAME, Configured
from kubectl_proxy_mode.objects.node import Node
from kubectl_proxy_mode.objects.pod import Pod
from kubectl_proxy_mode.releases import default_mode, minor

SOURCES = {
    "portforward": "/proxyMode of pod {pod}, by port-forward",
    "pods/proxy": "/proxyMode of pod {pod}, by pods/proxy",
    "nodes/proxy": "/proxyMode of the node, by nodes/proxy",
    "logs": "the log of pod {pod}",
    "event": "an event on the node",
}
RESTART = "it takes a restart"


class KubeProxy(Struct, frozen=True):
    """One node's kube-proxy: its pod, unless pods are unknown, what is written for it, what was said of it.

    `absence` says why there is no pod, as far as DaemonSets tell.
    """

    node: Node
    pod: Pod | None
    pods_unknown: bool
    configured: Configured
    probes: tuple[Probe, ...]
    absence: str = ""


class Verdict(Struct, frozen=True, kw_only=True):
    """How the traffic flows, and how that is known; an empty mode is unknown."""

    mode: str = ""
    certainty: Certainty = "unknown"
    source: str = ""
    configured: str | None = None
    configured_by: str = ""
    observed: str = ""
    implementation: str = ""
    version: str = ""
    notes: tuple[str, ...] = ()


def judge(proxy: KubeProxy, inside: Embedded | None) -> Verdict:
    """By the best evidence there is; `inside` is the distribution that starts kube-proxy by itself."""
    seen = next((probe for probe in proxy.probes if probe.mode), None)
    if seen:
        return _observed(proxy, seen, inside)
    if inside:
        return _inside(proxy, inside)
    if proxy.pod or proxy.pods_unknown:
        return _by_configuration(proxy)
    gone = f"no kube-proxy runs here{proxy.absence}, and nothing was recognised that replaces it"
    return _told(proxy, notes=(f"{gone}: the rules of an earlier one go stale",))


def _observed(proxy: KubeProxy, seen: Probe, inside: Embedded | None) -> Verdict:
    certainty: Literal["observed", "inferred"] = "inferred" if seen.way == "event" else "observed"
    source = SOURCES[seen.way].format(pod=proxy.pod.place if proxy.pod else seen.pod)
    version = seen.version or _version(proxy)
    notes = tuple(_disagreement(proxy, seen.mode, version))
    if seen.way == "event":
        notes = (*notes, "the event is of its start, in the last hour; it may have restarted since")
    return _told(
        proxy,
        mode=seen.mode,
        certainty=certainty,
        source=source,
        observed=seen.mode if certainty == "observed" else "",
        implementation=inside.implementation if inside else NAME,
        version=version,
        notes=notes,
    )


def _disagreement(proxy: KubeProxy, observed: str, version: str) -> Iterator[str]:
    """Why what runs is not what is written, where it is not."""
    configured = proxy.configured
    if configured.mode is None:
        return
    meant = configured.mode or default_mode(minor(version), proxy.node.windows)
    if not meant or meant == observed or proxy.node.windows:
        return
    words = f"{configured.mode} is configured" if configured.mode else "no mode is configured"
    yield f"{observed} runs, but {words} in {configured.source}{_since(proxy)}: {RESTART}"


def _since(proxy: KubeProxy) -> str:
    started, changed = _started(proxy), proxy.configured.changed
    if not started or not changed or changed <= started:
        return ""
    return f", changed {human_duration((changed - started).total_seconds())} after the start"


def _inside(proxy: KubeProxy, inside: Embedded) -> Verdict:
    if inside.off:
        why = (
            f"{inside.source}: no kube-proxy runs here, and nothing was recognised that replaces it"
        )
        return Verdict(source=inside.source, notes=(why, *inside.notes))
    unknown = inside.certainty == "unknown"
    mode = inside.mode or (
        "" if unknown else default_mode(minor(inside.version), proxy.node.windows)
    )
    return Verdict(
        mode=mode,
        certainty=inside.certainty if mode else "unknown",
        source=inside.source,
        configured=None if unknown else inside.mode if inside.certainty == "configured" else "",
        configured_by="" if unknown else inside.source,
        implementation=inside.implementation,
        version=inside.version,
        notes=(*inside.notes, *_failures(proxy)),
    )


def _by_configuration(proxy: KubeProxy) -> Verdict:
    """What is written, where nothing contradicts that it runs so."""
    version, configured = _version(proxy), proxy.configured
    notes = [*_failures(proxy)]
    if proxy.pod and (stopped := _stopped(proxy.pod)):
        words = (
            f"pod {proxy.pod.place} does not run ({stopped}): nothing keeps the rules up to date"
        )
        return _told(proxy, implementation=NAME, version=version, notes=(words,))
    if proxy.pods_unknown:
        notes.insert(0, "pods could not be read: whether a kube-proxy runs here is unknown")
    if configured.mode is None:
        return _told(proxy, implementation=NAME, version=version, notes=(configured.why, *notes))
    if since := _since(proxy):
        changed = f"{configured.source} was{since.lstrip(',')} of this pod"
        notes.insert(0, f"{changed}, which runs what stood there before: {RESTART}")
    mode, certainty, source = _meant(proxy, version)
    if since or proxy.pods_unknown or not mode:
        certainty = "inferred" if mode else "unknown"
    return _told(
        proxy,
        mode=mode,
        certainty=certainty,
        source=source,
        implementation=NAME,
        version=version,
        notes=tuple(notes),
    )


def _meant(proxy: KubeProxy, version: str) -> tuple[str, Certainty, str]:
    """The mode that the configuration leads to, how certain that is, and by what."""
    configured = proxy.configured
    if proxy.node.windows:
        return default_mode(None, True), "inferred", "the only mode on Windows"
    if configured.mode:
        return configured.mode, "configured", configured.source
    mode = default_mode(minor(version), False)
    return mode, "inferred", f"{configured.source} gives no mode: the default of {version or '?'}"


def _told(proxy: KubeProxy, **words: object) -> Verdict:
    """A verdict with what is configured beside it."""
    configured = proxy.configured
    source = configured.source if configured.mode is not None else ""
    return Verdict(configured=configured.mode, configured_by=source, **words)  # type: ignore[arg-type]


def _failures(proxy: KubeProxy) -> Iterator[str]:
    """Why no way of asking told a mode; ways that failed alike in one sentence."""
    ways: dict[str, list[str]] = {}
    for probe in proxy.probes:
        if probe.failure:
            hint = f" ({probe.hint})" if probe.hint else ""
            ways.setdefault(f"{probe.failure}{hint}", []).append(probe.way)
    for failure, names in ways.items():
        yield f"not observed by {', '.join(names)}: {failure}"


def _stopped(pod: Pod) -> str:
    """Why its kube-proxy does not run; empty where it does, or where nobody says otherwise."""
    state = pod.proxy_state
    if state and state.running:
        return ""
    ended = state.waiting or state.terminated if state else None
    if ended:
        return ended.reason or pod.status.phase
    return "" if pod.status.phase in ("Running", "") else pod.status.phase


def _started(proxy: KubeProxy) -> datetime | None:
    state = proxy.pod.proxy_state if proxy.pod else None
    return state.running.started_at if state and state.running else None


def _version(proxy: KubeProxy) -> str:
    """The tag of the image; empty where it is given by digest alone or no pod is known."""
    container = proxy.pod.spec.kube_proxy if proxy.pod else None
    image = container.image.partition("@")[0].rpartition("/")[2] if container else ""
    return image.partition(":")[2]

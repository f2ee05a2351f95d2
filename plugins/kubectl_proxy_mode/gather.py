"""Which objects the answer needs: nodes, DaemonSets, kube-proxy's pods, and a few objects by name."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from kubectl_fieldkit.envelope import Incomplete
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.reader import Reader, required
from kubectl_fieldkit.reading import Objects, Request, Source, one_object
from kubectl_proxy_mode.evidence import Probe
from kubectl_proxy_mode.objects.daemonset import DAEMON_SETS, DaemonSet
from kubectl_proxy_mode.objects.node import NODES, Node
from kubectl_proxy_mode.objects.pod import PODS, Pod
from kubectl_proxy_mode.seen import Seen

PLUGIN = "proxy-mode"
HOME = "kube-system"
# DaemonSets of kubeadm, EKS, k0s and others; static pods of GKE and RKE2, the DaemonSet of AKS.
LABELS = ("k8s-app in (kube-proxy,kube-proxy-windows)", "component=kube-proxy")
MODES, CONFIGURED = "nodes[].mode", "nodes[].configured"


class Gathered(Struct, frozen=True):
    """What was read, what events tell, the nodes that are not there, and what could not be read."""

    seen: Seen
    events: tuple[Probe, ...] = ()
    missing: tuple[ServerError, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()


class Asked(Struct, frozen=True):
    """Questions on their way: what they are of, and the first answer."""

    reader: Reader
    names: Sequence[str]
    label_selector: str
    daemonsets: Sequence[DaemonSet] | None


def ask(source: Source, names: Sequence[str], label_selector: str) -> Asked:
    """Asks for the lists, and returns with a short one, while a live server still writes the long ones."""
    reader = Reader(source)
    if not names:
        pods = Request(PODS, "", HOME, LABELS[0])
        reader.ask_ahead([Request(NODES, label_selector=label_selector), pods])
    return Asked(reader, names, label_selector, reader.read(Request(DAEMON_SETS), [MODES]))


def gather(asked: Asked, *, events: bool) -> Gathered:
    """All that is read of these nodes, with the events that kube-proxies leave on request."""
    reader, daemonsets = asked.reader, asked.daemonsets
    nodes, missing = _nodes(reader, asked.names, asked.label_selector)
    only = nodes[0].metadata.name if len(nodes) == 1 and asked.names else ""
    seen = Seen(nodes, daemonsets, _pods(reader, daemonsets, only))
    objects = {request: reader.find(request, affects) for request, affects in _asked(seen)}
    seen = Seen(seen.nodes, seen.daemonsets, seen.pods, objects)
    told = _told_by_events(reader.source) if events else ()
    return Gathered(seen, told, missing, tuple(reader.incomplete))


def _told_by_events(source: Source) -> tuple[Probe, ...]:
    """A last resort, kept for an hour: what is not there or not allowed makes nothing unknown."""
    from kubectl_proxy_mode.probing.events import questions, read_events

    answers = (source.read(request) for request in questions())
    lists = (answer.items for answer in answers if isinstance(answer, Objects))
    return tuple(read_events(event for events in lists for event in events))


def _asked(seen: Seen) -> Iterator[tuple[Request[Any], list[str]]]:
    from kubectl_proxy_mode import surveying
    from kubectl_proxy_mode.implementations import kube_proxy

    for request in kube_proxy.asks(seen):
        yield request, [CONFIGURED]
    for request in surveying.asks(seen):
        yield request, [MODES]


def _pods(reader: Reader, daemonsets: Sequence[DaemonSet] | None, node: str) -> list[Pod] | None:
    """kube-proxy's pods, by the labels that installers give them and by their DaemonSets' selectors."""
    field = f"spec.nodeName={node}" if node else ""
    lists = [
        reader.read(Request(PODS, "", namespace, labels, field), [MODES])
        for namespace, labels in _places(daemonsets or ())
    ]
    if any(pods is None for pods in lists):
        return None
    found = {pod.place: pod for pods in lists for pod in pods or ()}
    return [pod for pod in found.values() if pod.spec.kube_proxy]


def _places(daemonsets: Iterable[DaemonSet]) -> dict[tuple[str, str], None]:
    places = dict.fromkeys((HOME, labels) for labels in LABELS)
    for daemonset in daemonsets:
        labels = daemonset.spec.selector.match_labels
        namespace = daemonset.metadata.namespace
        if daemonset.spec.template.spec.kube_proxy and not (namespace == HOME and _known(labels)):
            places[namespace, ",".join(f"{k}={v}" for k, v in sorted(labels.items()))] = None
    return places


def _known(labels: dict[str, str]) -> bool:
    """Whether the lists by installers' labels hold such pods anyhow."""
    app, component = labels.get("k8s-app"), labels.get("component")
    return app in ("kube-proxy", "kube-proxy-windows") or component == "kube-proxy"


def _nodes(
    reader: Reader, names: Sequence[str], label_selector: str
) -> tuple[list[Node], tuple[ServerError, ...]]:
    if not names:
        request = Request(NODES, label_selector=label_selector)
        nodes = required(reader.ask(request), request, PLUGIN)
        return sorted(nodes, key=lambda node: node.metadata.name), ()
    found, missing = list[Node](), list[ServerError]()
    for name in dict.fromkeys(names):
        try:
            request = one_object(NODES, name)
            found += required(reader.ask(request), request, PLUGIN)
        except ServerError as err:
            if err.code != 404:
                raise
            missing.append(err)
    return found, tuple(missing)

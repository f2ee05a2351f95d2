"""Fifth way: the warnings that a kube-proxy leaves on its node when it starts; they are kept for an hour."""

from collections.abc import Iterable

from kubectl_fieldkit.objects.event import EVENTS, Event
from kubectl_fieldkit.reading import Request
from kubectl_proxy_mode.evidence import Probe

# Upstream's cmd/kube-proxy/app/server_linux.go: since 1.35, and since 1.37.
MODES = {"IPVSDeprecation": "ipvs", "KubeProxyDefaultMode": "iptables"}
NAMESPACE = "default"  # where the events of what has no namespace are


def questions() -> list[Request[Event]]:
    """The lists that hold them, each of one reason."""
    return [
        Request(EVENTS, namespace=NAMESPACE, field_selector=f"reason={reason}") for reason in MODES
    ]


def read_events(events: Iterable[Event]) -> list[Probe]:
    """What the last such event of each node tells."""
    told: dict[str, tuple[str, str]] = {}
    for event in events:
        mode = MODES.get(event.reason)
        if mode and event.involved_object.kind == "Node":
            node, moment = event.involved_object.name, str(event.last_timestamp or "")
            told[node] = max(told.get(node, ("", "")), (moment, mode))
    return [Probe(node, "", "event", mode=mode) for node, (_, mode) in sorted(told.items())]

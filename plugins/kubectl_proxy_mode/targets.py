"""Which kube-proxies can be asked, and on which port."""

from kubectl_proxy_mode.evidence import Target
from kubectl_proxy_mode.implementations.kube_proxy import Configurations
from kubectl_proxy_mode.objects.node import Node
from kubectl_proxy_mode.objects.pod import Pod
from kubectl_proxy_mode.seen import Seen

PORT = 10249  # of the metrics server, where nobody gives it another


def targets(seen: Seen, nodes_too: bool) -> list[Target]:
    """One target a node with a kube-proxy's pod; with `nodes_too`, one for each node without one."""
    pods: dict[str, Pod] = {}
    for pod in sorted(seen.pods or (), key=lambda p: (p.status.phase == "Running", p.place)):
        pods[pod.spec.node_name] = pod
    written = Configurations(seen)
    found = (_target(node, pods.get(node.metadata.name), written) for node in seen.nodes)
    return [target for target in found if target.pod or nodes_too]


def _target(node: Node, pod: Pod | None, written: Configurations) -> Target:
    name = node.metadata.name
    if pod is None:
        return Target(name, "", "", "", False)
    meta, spec = pod.metadata, pod.spec
    port = _port(written.of(spec, meta.namespace, pod.place).metrics)
    return Target(name, meta.name, meta.namespace, pod.status.phase, spec.host_network, port)


def _port(bind: str) -> int:
    """Of `0.0.0.0:10249`, `[::]:10249` and their like."""
    port = bind.rpartition(":")[2]
    return int(port) if port.isdecimal() and 0 < int(port) < 65536 else PORT

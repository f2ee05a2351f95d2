"""k3s: kube-proxy runs inside its process, in iptables mode unless `--kube-proxy-arg` says another.

Mirrors kubeProxyArgs of github.com/k3s-io/k3s/pkg/daemons/agent. Agents follow what a server is told
with `--disable-kube-proxy`.
"""

from collections.abc import Sequence

from kubectl_proxy_mode.implementations.claim import Embedded, OfNode
from kubectl_proxy_mode.implementations.landscape import DOCUMENTED
from kubectl_proxy_mode.objects.flags import flag_value, node_args
from kubectl_proxy_mode.objects.node import Node

NAME, ANNOTATION, DEFAULT = "k3s", "k3s.io/node-args", "iptables"
INSIDE = "kube-proxy runs inside the k3s process: there is no pod to ask"
ON_NODE = "a configuration file on the node decides: it is not in the API"
NOTES = (INSIDE, f"k3s is {DOCUMENTED}")


def judge(nodes: Sequence[Node]) -> OfNode:
    """What is said of a node of k3s."""
    off = next((n for n in nodes if is_disabled(n.metadata.annotations.k3s_args)), None)

    def of_node(node: Node) -> Embedded | None:
        if "+k3s" not in node.status.node_info.kubelet_version:
            return None
        return disabled(NAME, ANNOTATION, off) if off else _inside(node)

    return of_node


def _inside(node: Node) -> Embedded:
    version, args = node.status.node_info.kubelet_version, node.metadata.annotations.k3s_args
    said, flag = proxy_arg(args, "proxy-mode"), f"annotation {ANNOTATION}: --kube-proxy-arg="
    if proxy_arg(args, "config") is not None:
        return Embedded(NAME, f"{flag}config", "", "unknown", version, (ON_NODE, *NOTES))
    if said:
        return Embedded(NAME, f"{flag}proxy-mode={said}", said, "configured", version, NOTES)
    return Embedded(NAME, "k3s' own default", DEFAULT, "inferred", version, NOTES)


def disabled(name: str, annotation: str, node: Node) -> Embedded:
    """What the command line of a node says that turns kube-proxy off."""
    source = f"annotation {annotation} of node {node.metadata.name}: --disable-kube-proxy"
    return Embedded(name, source, notes=(f"{name} is {DOCUMENTED}",), off=True)


def is_disabled(args: str) -> bool:
    """Whether a node's command line turns kube-proxy off."""
    return flag_value(node_args(args), "disable-kube-proxy") == "true"


def proxy_arg(args: str, name: str) -> str | None:
    """The last value of a kube-proxy's flag that is passed through `--kube-proxy-arg`."""
    head = "--kube-proxy-arg="
    given = [flag.removeprefix(head) for flag in node_args(args) if flag.startswith(head)]
    return flag_value([f"--{each.removeprefix('--')}" for each in given], name)

"""Second and third way: the API server connects to the pod's or the node's address, where kube-proxy listens on it."""

from urllib.parse import quote

from kubectl_fieldkit.cluster.answers import Status, object_of, refusal
from kubectl_fieldkit.cluster.http1 import Response
from kubectl_fieldkit.errors import ServerError
from kubectl_proxy_mode.evidence import Probe, Target
from kubectl_proxy_mode.probing.answers import PATHS
from kubectl_proxy_mode.probing.doors import Doors
from kubectl_proxy_mode.probing.telling import told


def ask_pod(doors: Doors, target: Target) -> Probe:
    """By pods/proxy; FieldkitError where it cannot be asked."""
    namespace, pod = quote(target.namespace, safe=""), quote(target.pod, safe="")
    root = f"/api/v1/namespaces/{namespace}/pods/{pod}:{target.port}/proxy"
    return told("pods/proxy", target, _answers(doors, root, "get pods/proxy"))


def ask_node(doors: Doors, target: Target) -> Probe:
    """By nodes/proxy, a right that amounts to code on the node; FieldkitError where it cannot be asked."""
    root = f"/api/v1/nodes/{quote(target.node, safe='')}:{target.port}/proxy"
    return told("nodes/proxy", target, _answers(doors, root, "get nodes/proxy"))


def _answers(doors: Doors, root: str, question: str) -> list[Response]:
    first = doors.get(root + PATHS[0])
    if _is_the_servers_own(first):
        raise refusal(first, question)
    return [first, *(doors.get(root + path) for path in PATHS[1:])]


def _is_the_servers_own(response: Response) -> bool:
    """Whether the API server answers in the pod's place: then it is a Status."""
    if response.status < 400:
        return False
    try:
        return object_of(Status, response).kind == "Status"
    except ServerError:
        return False

"""SetDefaults_Service of pkg/apis/core/v1/defaults.go."""

from kubectl_neat.defaults.rules.rule import Filled, Node

EXTERNAL = {"NodePort", "LoadBalancer"}
THREE_HOURS = 10800  # DefaultClientIPServiceAffinitySeconds


def _set_service(spec: Node) -> None:
    affinity = spec.setdefault("sessionAffinity", "None")
    if affinity == "None":
        spec.pop("sessionAffinityConfig", None)
    elif affinity == "ClientIP" and "timeoutSeconds" not in _client_ip(spec):
        spec["sessionAffinityConfig"] = {"clientIP": {"timeoutSeconds": THREE_HOURS}}
    type_ = spec.setdefault("type", "ClusterIP")
    if type_ in EXTERNAL or (type_ == "ClusterIP" and spec.get("externalIPs")):
        spec.setdefault("externalTrafficPolicy", "Cluster")
    if type_ in EXTERNAL | {"ClusterIP"}:
        spec.setdefault("internalTrafficPolicy", "Cluster")
    if type_ == "LoadBalancer":
        spec.setdefault("allocateLoadBalancerNodePorts", True)


def _client_ip(spec: Node) -> Node:
    client_ip = spec.get("sessionAffinityConfig", {}).get("clientIP", {})
    return client_ip if isinstance(client_ip, dict) else {}


def _set_port(port: Node) -> None:
    if port.get("targetPort") in (None, 0, ""):
        port["targetPort"] = port.get("port")


SERVICE = Filled(
    (
        "sessionAffinityConfig",
        "sessionAffinity",
        "externalTrafficPolicy",
        "internalTrafficPolicy",
        "allocateLoadBalancerNodePorts",
        "type",
    ),
    _set_service,
    ("externalIPs",),
)
PORT = Filled(("targetPort",), _set_port, ("port",), "the same as port, which is the default")

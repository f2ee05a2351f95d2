"""What validation asks of services and of what carries their traffic."""

from tests.kubectl_neat.random_objects.maker import Maker, Tree
from tests.kubectl_neat.random_objects.rules.drawing import (
    drop,
    exactly_one,
    give,
    map_of,
    number,
    one_of,
    some_of,
)

SERVICE = "core.v1.ServiceSpec"


def service(maker: Maker, spec: Tree) -> None:
    """What is said of addresses and nodes is said by a service that has them."""
    kind = spec.get("type", "ClusterIP")
    drop(spec, "clusterIPs", "loadBalancerIP", "clusterIP")
    if kind == "ExternalName":
        for field in set(spec) - {"type", "ports", "selector", "sessionAffinity"}:
            drop(spec, field)
        spec["externalName"] = "db.example.com"
    else:
        drop(spec, "externalName")
        give(maker, spec, SERVICE, "ports")
    ports = spec.get("ports", [])
    number(ports, "p")
    for position, port in enumerate(ports):
        port["port"] = 80 + position
        if kind not in ("NodePort", "LoadBalancer") or port.get("nodePort") == 0:
            drop(port, "nodePort")
        elif "nodePort" in port:
            port["nodePort"] = maker.random.randint(30000, 32767)
    if len(ports) == 1 and maker.one((True, False)):
        drop(ports[0], "name")
    _balancing(maker, spec, kind)
    _headless(maker, spec, kind)
    _affinity(spec)
    _families(maker, spec, kind)


def _balancing(maker: Maker, spec: Tree, kind: str) -> None:
    if kind not in ("NodePort", "LoadBalancer") and not spec.get("externalIPs"):
        drop(spec, "externalTrafficPolicy")
    if kind != "LoadBalancer":
        drop(spec, "allocateLoadBalancerNodePorts", "loadBalancerClass", "loadBalancerSourceRanges")
    drop(spec, "healthCheckNodePort")
    if kind == "LoadBalancer" and spec.get("externalTrafficPolicy") == "Local" and maker.hit():
        spec["healthCheckNodePort"] = maker.random.randint(30000, 32767)


def _headless(maker: Maker, spec: Tree, kind: str) -> None:
    if kind == "ClusterIP" and maker.hit():
        spec["clusterIP"] = "None"
        if maker.one((True, False)):
            drop(spec, "ports")
    elif kind == "ClusterIP" and maker.hit():
        spec["clusterIP"] = f"10.96.200.{maker.random.randint(20, 250)}"


def _affinity(spec: Tree) -> None:
    has_time = "clientIP" in spec.get("sessionAffinityConfig", {})
    if spec.get("sessionAffinity") != "ClientIP" or not has_time:
        drop(spec, "sessionAffinityConfig")


def _families(maker: Maker, spec: Tree, kind: str) -> None:
    """The lab has one address family: whoever asks for it gets what everybody gets."""
    drop(spec, "ipFamilies")
    if spec.get("ipFamilyPolicy") == "RequireDualStack":
        spec["ipFamilyPolicy"] = "PreferDualStack"


def policy_port(maker: Maker, tree: Tree) -> None:
    """A range has numbers."""
    if "endPort" in tree:
        tree |= {"port": 80, "endPort": maker.one((80, 90))}


def peer(maker: Maker, tree: Tree) -> None:
    """Addresses, or pods somewhere."""
    if "ipBlock" in tree and (maker.one((True, False)) or len(tree) == 1):
        drop(tree, "podSelector", "namespaceSelector")
    else:
        drop(tree, "ipBlock")
        if not tree:
            tree["podSelector"] = maker.tree("apimachinery.LabelSelector")


def policy_rule(maker: Maker, tree: Tree) -> None:
    """Often about something."""
    if not tree and maker.one((True, True, False)):
        give(maker, tree, "networking.v1.NetworkPolicyEgressRule", maker.one(("to", "ports")))


def policy(maker: Maker, tree: Tree) -> None:
    """Directions are named in one of the ways that hold its rules."""
    if "egress" in tree and "policyTypes" in tree:
        tree["policyTypes"] = maker.one((["Ingress", "Egress"], ["Egress"], ["Egress", "Ingress"]))


def ingress(maker: Maker, tree: Tree) -> None:
    """It sends traffic somewhere."""
    if not tree.get("rules"):
        give(maker, tree, "networking.v1.IngressSpec", "defaultBackend")


def ingress_path(maker: Maker, tree: Tree) -> None:
    """A path is absolute where it is compared."""
    if tree["pathType"] != "ImplementationSpecific" or "path" in tree:
        tree["path"] = maker.one(("/", "/a"))


def ingress_service(maker: Maker, tree: Tree) -> None:
    """A port by number or by name."""
    tree["port"] = maker.one(({"number": 80}, {"name": "http"}))


def class_parameters(maker: Maker, tree: Tree) -> None:
    """A namespace for what lives in one."""
    drop(tree, "namespace", "scope")
    tree |= maker.one(({}, {"scope": "Cluster"}, {"scope": "Namespace", "namespace": "default"}))


def slice_(maker: Maker, tree: Tree) -> None:
    """Addresses of its one type."""
    addresses = {"IPv4": "192.0.2.1", "IPv6": "2001:db8::1", "FQDN": "a.example.com"}
    for endpoint in tree.get("endpoints", ()):
        endpoint["addresses"] = [addresses[tree["addressType"]]]
        endpoint.get("conditions", {})
    number(tree.get("ports", ()), "p")


def subset(maker: Maker, tree: Tree) -> None:
    """Addresses, and ports called apart."""
    if not tree.get("addresses") and not tree.get("notReadyAddresses"):
        tree["addresses"] = [{"ip": "192.0.2.1"}]
    number(tree.get("ports", ()), "p")


PORT = one_of(80, 443, 8080)
FIELDS = {
    "core.v1.ServicePort.targetPort": one_of(80, 81, "http", 8080),
    "core.v1.ServicePort.appProtocol": one_of("http", "kubernetes.io/h2c"),
    "core.v1.ServiceSpec.ports": lambda maker: [maker.tree("core.v1.ServicePort") for _ in range(maker.one((1, 2, 3)))],
    "core.v1.ServiceSpec.selector": map_of(("app", "tier"), ("a", "")),
    "core.v1.ServiceSpec.externalIPs": one_of([], ["192.0.2.1"]),
    "core.v1.ServiceSpec.loadBalancerClass": one_of("example.com/lb"),
    "core.v1.ServiceSpec.loadBalancerSourceRanges": some_of("192.0.2.0/24", "10.0.0.0/8", least=0),
    "core.v1.ServiceSpec.trafficDistribution": one_of("PreferClose", "PreferSameZone", "PreferSameNode"),
    "core.v1.ClientIPConfig.timeoutSeconds": one_of(10800, 10800, 1, 86400),
    "networking.v1.NetworkPolicyPort.port": one_of(80, "http"),
    "networking.v1.IPBlock.cidr": one_of("10.0.0.0/8"),
    "networking.v1.IPBlock.except": some_of("10.1.0.0/16", "10.2.0.0/16", least=0),
    "networking.v1.NetworkPolicySpec.policyTypes": one_of(["Ingress"], ["Ingress", "Egress"], ["Egress"], []),
    "networking.v1.NetworkPolicySpec.egress": lambda maker: maker.one(([], [{}], [maker.tree("networking.v1.NetworkPolicyEgressRule")])),
    "networking.v1.NetworkPolicySpec.ingress": lambda maker: maker.one(([], [{}], [maker.tree("networking.v1.NetworkPolicyIngressRule")])),
    "networking.v1.IngressSpec.ingressClassName": one_of("nginx"),
    "networking.v1.IngressRule.host": one_of("a.example.com", "*.example.com"),
    "networking.v1.HTTPIngressRuleValue.paths": lambda maker: [maker.tree("networking.v1.HTTPIngressPath")],
    "networking.v1.IngressTLS.hosts": some_of("a.example.com", "b.example.com", least=0),
    "networking.v1.IngressClassParametersReference.name": one_of("a"),
    "networking.v1.IngressClassSpec.controller": one_of("example.com/c"),
    "networking.v1.IngressClassParametersReference.apiGroup": one_of("k8s.example.com"),
    "networking.v1.IngressClassParametersReference.kind": one_of("Parameters"),
    "networking.v1.ServiceCIDRSpec.cidrs": one_of(["10.99.0.0/24"], ["10.98.0.0/16"]),
    "networking.v1.ParentReference.resource": one_of("services"),
    "networking.v1.ParentReference.group": one_of(""),
    "networking.v1.ParentReference.namespace": one_of("default"),
    "core.v1.EndpointAddress.ip": one_of("192.0.2.1", "192.0.2.2"),
    "core.v1.EndpointPort.port": PORT,
    "discovery.v1.EndpointPort.port": PORT,
    "core.v1.EndpointPort.appProtocol": one_of("http"),
    "discovery.v1.EndpointPort.appProtocol": one_of("http"),
    "discovery.v1.Endpoint.deprecatedTopology": map_of(("zone",), ("a",)),
}  # fmt: skip
MENDS = {
    SERVICE: service,
    "networking.v1.NetworkPolicySpec": policy,
    "networking.v1.NetworkPolicyPort": policy_port,
    "networking.v1.NetworkPolicyEgressRule": policy_rule,
    "networking.v1.NetworkPolicyPeer": peer,
    "networking.v1.IngressSpec": ingress,
    "networking.v1.HTTPIngressPath": ingress_path,
    "networking.v1.IngressServiceBackend": ingress_service,
    "networking.v1.IngressBackend": exactly_one(
        "networking.v1.IngressBackend", "service", "resource"
    ),
    "networking.v1.IngressClassParametersReference": class_parameters,
    "discovery.v1.EndpointSlice": slice_,
    "core.v1.EndpointSubset": subset,
}

"""Ways that a real API server closes: each missing right, a node without a kubelet, a proxy that does not upgrade."""

from collections.abc import Iterator

import pytest

from kubectl_proxy_mode.evidence import Target
from tests.kubectl_fieldkit.cluster.plain_proxy import plain_proxy
from tests.kubectl_proxy_mode.asking import RIGHTS, access_to, allow, ask, kube_proxies
from tests.lab.lab import Lab

POD = """
apiVersion: v1
kind: Pod
metadata: {name: kube-proxy-x, namespace: kube-system, labels: {k8s-app: kube-proxy}}
spec:
  nodeName: node-x
  hostNetwork: true
  automountServiceAccountToken: false
  tolerations: [{operator: Exists}]
  containers: [{name: kube-proxy, image: "registry.k8s.io/kube-proxy:v1.37.2"}]
"""
NODE = '{"status":{"addresses":[{"type":"InternalIP","address":"127.0.0.1"}],"daemonEndpoints":{"kubeletEndpoint":{"Port":1}}}}'
RUNNING = '{"status":{"phase":"Running","podIP":"127.0.0.1","podIPs":[{"ip":"127.0.0.1"}]}}'


@pytest.fixture(scope="module")
def today(programs: None) -> Iterator[Lab]:
    """A control plane of today's, with a kube-proxy on a node whose kubelet is not there."""
    with Lab() as lab:
        _stand_in(lab)
        yield lab


@pytest.fixture(scope="module")
def of_1_34(programs: None) -> Iterator[Lab]:
    """The same, which like 1.34 asks for no right to create a port-forward."""
    with Lab(feature_gates=["AuthorizePodWebsocketUpgradeCreatePermission=false"]) as lab:
        _stand_in(lab)
        yield lab


def _stand_in(lab: Lab) -> None:
    lab.add_node("node-x")
    lab.kubectl("patch", "node", "node-x", "--subresource=status", "--type=merge", "-p", NODE)
    account = {"metadata": {"name": "default"}}  # no controller runs that would make it
    lab.api.send("POST", "/api/v1/namespaces/kube-system/serviceaccounts", account)
    lab.kubectl("apply", "-f", "-", input=POD)
    where = ("-n", "kube-system", "kube-proxy-x")
    lab.kubectl("patch", "pod", *where, "--subresource=status", "--type=merge", "-p", RUNNING)


@pytest.mark.parametrize(("verb", "resource"), RIGHTS[:4])
def test_each_missing_right_is_named(today: Lab, verb: str, resource: str) -> None:
    """Whoever lacks one verb hears of that verb, from the way that needs it and from no other."""
    user = allow(
        today.kubectl,
        f"lacks-{verb}-{resource.replace('/', '-')}",
        [right for right in RIGHTS if right != (verb, resource)],
    )
    probes = ask(access_to(today.kubeconfig, user), kube_proxies(today.kubectl))
    refused = [probe for probe in probes if probe.failure.startswith("not allowed")]
    assert [(probe.way, probe.failure) for probe in refused] == [
        (
            {"pods/log": "logs", "pods/portforward": "portforward"}.get(resource, resource),
            f'not allowed to {verb} {resource} in namespace "kube-system"',
        )
    ]
    assert "docs/rbac/proxy-mode.yaml" in refused[0].hint
    assert ("get and create" in refused[0].hint) == (verb == "create")


def test_nodes_proxy_is_not_asked_for_unless_it_is_allowed(today: Lab) -> None:
    """Without the flag the way is not even tried; with it, the missing right is named."""
    user = allow(today.kubectl, "no-nodes-proxy", RIGHTS[:4])
    access, targets = access_to(today.kubeconfig, user), kube_proxies(today.kubectl)
    ways = [probe.way for probe in ask(access, targets)]
    assert ways == ["portforward", "pods/proxy", "logs"]
    probes = {probe.way: probe for probe in ask(access, targets, allow_nodes_proxy=True)}
    assert probes["nodes/proxy"].failure == "not allowed to get nodes/proxy"


def test_a_release_that_needs_no_create_is_not_refused_for_want_of_it(of_1_34: Lab) -> None:
    """The server decides, not its version: the port-forward is tried, and comes as far as the kubelet."""
    user = allow(of_1_34.kubectl, "gets", [RIGHTS[0]])
    first = ask(access_to(of_1_34.kubeconfig, user), kube_proxies(of_1_34.kubectl))[0]
    assert first.way == "portforward"
    assert first.failure.startswith('the API server does not reach the kubelet of node "node-x"')


def test_a_kubelet_that_is_not_there_is_named(today: Lab) -> None:
    """Both ways by the kubelet say that it cannot be reached, and why."""
    probes = {p.way: p for p in ask(access_to(today.kubeconfig), kube_proxies(today.kubectl))}
    for way in ("portforward", "logs"):
        failure = probes[way].failure
        assert failure.startswith('the API server does not reach the kubelet of node "node-x": ')
        assert "connect: connection refused" in failure


def test_a_proxy_that_does_not_upgrade_is_named(today: Lab) -> None:
    """A proxy before the API server that knows no WebSockets is the cause, and no other."""
    with plain_proxy(today) as access:
        first = ask(access, kube_proxies(today.kubectl))[0]
    assert first.failure == "no WebSocket to the API server: 400 Bad Request"
    assert "must let WebSockets through" in first.hint


def test_a_pod_that_does_not_run_is_not_asked(today: Lab) -> None:
    """Its phase is the reason, by every way."""
    target = Target("node-x", "kube-proxy-x", "kube-system", "Pending", True)
    failures = {probe.failure for probe in ask(access_to(today.kubeconfig), [target])}
    assert failures == {'pod "kube-proxy-x" is Pending, not Running'}


def test_a_pod_that_is_gone_is_named(today: Lab) -> None:
    """A kube-proxy that was replaced after it was listed is called gone."""
    target = Target("node-x", "kube-proxy-old", "kube-system", "Running", True)
    first = ask(access_to(today.kubeconfig), [target])[0]
    assert first.failure == 'pod "kube-proxy-old" is no longer there'


def test_a_node_without_a_pod_is_asked_by_its_address_only(today: Lab) -> None:
    """Where kube-proxy is part of another process only nodes/proxy is left, and only where allowed."""
    target = Target("node-x", "", "", "", True)
    access = access_to(today.kubeconfig)
    assert ask(access, [target]) == []
    assert [p.way for p in ask(access, [target], allow_nodes_proxy=True)] == ["nodes/proxy"]

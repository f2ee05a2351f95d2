"""What really runs on two real nodes, asked by each way there is, and each thing that goes wrong there."""

import pytest
from msgspec.structs import replace

from tests.kubectl_proxy_mode.asking import NAMESPACE, RIGHTS, access_to, allow, ask, kube_proxies
from tests.kubectl_proxy_mode.disturbing import (
    admin,
    ask_all,
    bound_to,
    changed_config,
    modes,
    settle,
    stopped,
)
from tests.lab.nodes import RealNodes
from tests.lab.waiting import wait_for

PENDING = """
apiVersion: v1
kind: Pod
metadata: {name: kube-proxy-nowhere, namespace: kube-system, labels: {test: nowhere}}
spec:
  nodeSelector: {no: where}
  containers: [{name: kube-proxy, image: "registry.k8s.io/kube-proxy:v1.37.2"}]
"""


@pytest.fixture(scope="module", autouse=True)
def listening(real_nodes: RealNodes) -> None:
    """A kube-proxy has no readiness probe: its metrics server may listen a moment after it is Running."""
    settle(real_nodes)


def test_each_node_tells_its_own_mode(real_nodes: RealNodes) -> None:
    """The modes are observed by a port-forward to the loopback, with version and effective settings."""
    first, second = ask_all(real_nodes)
    assert (first.node, first.way, first.mode) == ("node1", "portforward", "iptables")
    assert (second.node, second.way, second.mode) == ("node2", "portforward", "nftables")
    assert {first.version, second.version} == {"v1.37.2"}
    assert first.config
    assert first.config.metrics_bind_address == "127.0.0.1:10249"
    assert (first.config.mode, first.config.detect_local_mode) == ("iptables", "ClusterCIDR")
    assert second.config
    assert list(second.config.node_port_addresses) == ["primary"]  # what nftables makes of unset


def test_the_answer_follows_a_switch(real_nodes: RealNodes) -> None:
    """After an admin's switch the same node tells the other mode."""
    try:
        real_nodes.switch_mode("nftables")
        settle(real_nodes, {"node1": "nftables", "node2": "nftables"})
    finally:
        real_nodes.switch_mode("iptables")
        settle(real_nodes)


def test_a_changed_config_map_changes_no_observation(real_nodes: RealNodes) -> None:
    """Until the pod restarts, what runs is what ran before."""
    with changed_config(real_nodes, 'mode: "iptables"', 'mode: "nftables"'):
        assert modes(ask_all(real_nodes)) == {"node1": "iptables", "node2": "nftables"}


@pytest.mark.parametrize(("verb", "resource"), RIGHTS[:2])
def test_without_a_right_to_forward_the_log_tells(
    real_nodes: RealNodes, verb: str, resource: str
) -> None:
    """The missing verb is named, and the start lines of the log give mode and version."""
    user = f"lacks-{verb}-portforward"
    allow(real_nodes.kubectl, user, [right for right in RIGHTS if right != (verb, resource)])
    forward, proxy, log = ask_all(real_nodes, user)[:3]
    assert forward.failure == f'not allowed to {verb} {resource} in namespace "kube-system"'
    assert proxy.failure.startswith("nothing listens on port 10249 of the pod's address")
    assert (log.way, log.mode, log.version) == ("logs", "iptables", "v1.37.2")


def test_two_rights_suffice(real_nodes: RealNodes) -> None:
    """Get and create on pods/portforward are enough to observe both nodes."""
    user = allow(real_nodes.kubectl, "forwards", RIGHTS[:2])
    assert modes(ask_all(real_nodes, user)) == {"node1": "iptables", "node2": "nftables"}


def test_a_metrics_server_that_was_moved_is_a_port_where_nobody_listens(
    real_nodes: RealNodes,
) -> None:
    """The refused port is the reason, and not the network or the rights; the log still tells."""
    with bound_to(real_nodes, "127.0.0.1:10299"):
        here = kube_proxies(real_nodes.kubectl)[:1]
        there = [replace(here[0], port=10299)]
        access = admin(real_nodes)
        wait_for("port 10299", lambda: ask(access, there)[0].mode)
        forward, _, log = ask(access, here)
        assert forward.failure.startswith("nothing listens on port 10249: metricsBindAddress is")
        assert (log.way, log.mode) == ("logs", "iptables")


def test_a_metrics_server_on_every_address_answers_the_proxies(real_nodes: RealNodes) -> None:
    """Who may not forward asks by pods/proxy, or by nodes/proxy where that is allowed."""
    with bound_to(real_nodes, "0.0.0.0:10249"):
        target = kube_proxies(real_nodes.kubectl)[:1]
        for way in ("pods/proxy", "nodes/proxy"):
            user = allow(real_nodes.kubectl, way.replace("/", "-"), [("get", way)])
            access = access_to(real_nodes.kubeconfig, user)
            wait_for(  # kube-proxy to listen, and the right to be known
                f"an answer by {way}",
                lambda: ask(access, target, allow_nodes_proxy=True)[-1].mode,  # noqa: B023
            )
            last = ask(access, target, allow_nodes_proxy=True)[-1]
            assert (last.way, last.mode, last.version) == (way, "iptables", "v1.37.2")
            assert last.config
            assert last.config.metrics_bind_address == "0.0.0.0:10249"


def test_a_pod_that_has_no_node_yet_is_pending(real_nodes: RealNodes) -> None:
    """A pod that does not run is not asked; its phase is the reason."""
    real_nodes.kubectl("apply", "-f", "-", input=PENDING)
    try:
        (target,) = kube_proxies(real_nodes.kubectl, "test=nowhere")
        failure = ask(admin(real_nodes), [target])[0].failure
        assert failure == 'pod "kube-proxy-nowhere" is Pending, not Running'
    finally:
        real_nodes.kubectl("delete", "pod", "kube-proxy-nowhere", "-n", NAMESPACE)


def test_a_kube_proxy_that_hangs_delays_nobody(real_nodes: RealNodes) -> None:
    """It is given its time and no more, the other node answers meanwhile, and its log tells."""
    with stopped("node1"):
        probes = ask(admin(real_nodes), kube_proxies(real_nodes.kubectl), timeout=2)
    forward = probes[0]
    assert (forward.node, forward.failure) == ("node1", "no answer within 2 s")
    assert "--request-timeout" in forward.hint
    assert modes(probes) == {"node1": "iptables", "node2": "nftables"}
    assert [(probe.way) for probe in probes if probe.mode] == ["logs", "portforward"]

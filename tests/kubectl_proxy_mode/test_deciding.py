"""What is observed, configured and inferred are weighed, on the recorded cluster states/kubeadm.yaml."""

from pathlib import Path

import pytest

from kubectl_fieldkit.snapshot.recorded import open_snapshot
from kubectl_proxy_mode.deciding import decide
from kubectl_proxy_mode.evidence import Probe, ProxyConfig, Way
from kubectl_proxy_mode.gather import ask, gather
from kubectl_proxy_mode.judged import NodeProxy
from kubectl_proxy_mode.seen import Seen
from kubectl_proxy_mode.targets import targets

CLUSTER = Path(__file__).parent / "states" / "kubeadm.yaml"


@pytest.fixture(scope="module")
def seen() -> Seen:
    """The whole cluster, of which nobody has been asked."""
    return gather(ask(open_snapshot(CLUSTER), (), ""), events=False).seen


def _node(seen: Seen, name: str, *probes: Probe) -> NodeProxy:
    cluster = decide(seen, probes, "v1.37.2")
    return next(each.answer for each in cluster.judged if each.answer.name == name)


@pytest.mark.parametrize(
    ("way", "source"),
    [
        ("portforward", "/proxyMode of pod kube-system/kube-proxy-unset, by port-forward"),
        ("pods/proxy", "/proxyMode of pod kube-system/kube-proxy-unset, by pods/proxy"),
        ("nodes/proxy", "/proxyMode of the node, by nodes/proxy"),
        ("logs", "the log of pod kube-system/kube-proxy-unset"),
    ],
)
def test_what_kube_proxy_says_is_observed(seen: Seen, way: Way, source: str) -> None:
    """Whatever is configured; and the source says who said it."""
    node = _node(seen, "unset", Probe("unset", "kube-proxy-unset", way, mode="iptables"))
    assert (node.mode, node.certainty, node.source) == ("iptables", "observed", source)
    assert (node.observed, node.configured) == ("iptables", "")
    assert not any("restart" in note for note in node.notes)


def test_an_event_is_no_observation(seen: Seen) -> None:
    """It may be of an earlier start, so what it tells is inferred, and the note says why."""
    node = _node(seen, "unset", Probe("unset", "", "event", mode="ipvs"))
    assert (node.mode, node.certainty, node.observed) == ("ipvs", "inferred", "")
    assert any("may have restarted" in note for note in node.notes)


def test_the_first_way_that_tells_a_mode_counts(seen: Seen) -> None:
    """A way that failed before it is no matter any more; what was told with the mode is kept."""
    settings = ProxyConfig(mode="nftables", strict_arp=True)
    refused = Probe("unset", "p", "portforward", failure="no")
    told = Probe("unset", "p", "pods/proxy", mode="nftables", version="v1.36.0", config=settings)
    node = _node(seen, "unset", refused, told, Probe("unset", "", "event", mode="ipvs"))
    assert (node.mode, node.version, node.settings) == ("nftables", "v1.36.0", settings)
    assert not any("not observed" in note for note in node.notes)


def test_a_change_that_waits_for_a_restart_is_told(seen: Seen) -> None:
    """Configured and observed stand side by side, with when the ConfigMap changed."""
    told = Probe("changed-since", "p", "portforward", mode="iptables")
    node = _node(seen, "changed-since", told)
    assert (node.mode, node.configured, node.certainty) == ("iptables", "ipvs", "observed")
    assert node.notes[0] == (
        "iptables runs, but ipvs is configured in ConfigMap kube-system/kube-proxy, "
        "changed 30m after the start: it takes a restart"
    )


def test_an_unset_mode_is_that_of_the_release(seen: Seen) -> None:
    """A kube-proxy of 1.40 that was told no mode and runs iptables is told something, somewhere."""
    told = Probe("unset", "p", "portforward", mode="iptables", version="v1.40.0")
    node = _node(seen, "unset", told)
    assert node.notes[0].startswith("iptables runs, but no mode is configured in arguments of pod")


def test_ways_that_fail_alike_are_one_note(seen: Seen) -> None:
    """The mode stays the configured one, and each cause is told once."""
    name = "by-arguments"
    probes = [
        Probe(name, "p", "portforward", failure="forbidden", hint="ask for it"),
        Probe(name, "p", "logs", failure="forbidden", hint="ask for it"),
        Probe(name, "p", "pods/proxy", failure="timed out"),
    ]
    node = _node(seen, name, *probes)
    assert (node.mode, node.certainty) == ("nftables", "configured")
    assert node.notes[:2] == [
        "not observed by portforward, logs: forbidden (ask for it)",
        "not observed by pods/proxy: timed out",
    ]


def test_nodes_of_the_common_modes_get_no_note_when_there_is_one(seen: Seen) -> None:
    """Modes are only mixed where there are two."""
    nodes = [node for node in seen.nodes if node.metadata.name == "by-arguments"]
    alone = Seen(nodes, seen.daemonsets, seen.pods, seen.objects)
    assert decide(alone, (), "v1.37.2").judged[0].answer.notes == []
    assert any("mixed" in note for note in _node(seen, "by-arguments").notes)


def test_whom_to_ask_and_where(seen: Seen) -> None:
    """A target a pod, on the port that its configuration gives the metrics server; nodes on request."""
    found = {target.node: target for target in targets(seen, nodes_too=False)}
    assert set(found) == {
        *("by-arguments", "changed-since", "crashing", "file-of-the-node", "unset", "windows")
    }
    assert (found["changed-since"].port, found["unset"].port) == (10299, 10249)
    assert (found["changed-since"].pod, found["changed-since"].host_network) == (
        "kube-proxy-changed",
        True,
    )
    every = {target.node for target in targets(seen, nodes_too=True)}
    assert every - set(found) == {"no-pod", "not-meant"}

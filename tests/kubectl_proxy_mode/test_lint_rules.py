"""The corners of the lint rules that a cluster shows seldom: by release, and where each must stay silent."""

from typing import Any

import msgspec
import pytest

from kubectl_proxy_mode.implementations.landscape import Replacement
from kubectl_proxy_mode.judged import Cluster, Judged, NodeProxy
from kubectl_proxy_mode.lint.rules import RULES, affected, lint
from kubectl_proxy_mode.objects.node import Node
from kubectl_proxy_mode.objects.pod import Pod

ANSWER: dict[str, Any] = {
    "name": "n",
    "mode": "iptables",
    "certainty": "configured",
    "source": "s",
    "configured": "iptables",
    "configuredBy": "ConfigMap kube-system/kube-proxy",
    "observed": "",
    "implementation": "kube-proxy",
    "version": "v1.37.2",
    "pod": "kube-system/p",
    "settings": None,
    "notes": [],
}


def _pod(version: str) -> Pod:
    """A DaemonSet's pod that is told its mode by arguments."""
    owner = {"kind": "DaemonSet", "name": "kube-proxy", "controller": True}
    metadata = {"name": "p", "namespace": "kube-system", "ownerReferences": [owner]}
    image = f"registry.k8s.io/kube-proxy:{version}"
    containers = [{"name": "kube-proxy", "image": image, "command": ["kube-proxy"]}]
    return msgspec.convert({"metadata": metadata, "spec": {"containers": containers}}, Pod)


def _judged(kernel: str = "6.8.0", system: str = "linux", **answer: Any) -> Judged:
    fields = ANSWER | answer
    info = {"kernelVersion": kernel, "kubeletVersion": fields["version"], "operatingSystem": system}
    node = {"metadata": {"name": "n"}, "status": {"nodeInfo": info}}
    told = msgspec.convert(fields, NodeProxy)
    return Judged(msgspec.convert(node, Node), told, pod=_pod(fields["version"]))


def _found(judged: Judged, server: str = "") -> list[tuple[str, str]]:
    cluster = Cluster([judged], server or judged.answer.version)
    return [(finding.rule, finding.severity) for finding in lint(cluster)]


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("v1.31.0", "info"),
        ("v1.34.9", "info"),
        ("v1.35.0", "warning"),
        ("v1.39.4", "warning"),
        ("v1.40.0", "error"),
        ("v1.42.0", "error"),
        ("v1.43.0", "error"),
        (
            "",
            "warning",
        ),  # of an unknown release, while ipvs is deprecated in all that are supported
    ],
)
def test_ipvs_by_release(version: str, found: str) -> None:
    """What kube-proxy's own release makes of ipvs."""
    judged = _judged(mode="ipvs", configured="ipvs", version=version)
    assert _found(judged) == [("ipvs-before-1.40", found)]


@pytest.mark.parametrize("version", ["v1.40.0", "v1.43.0"])
def test_what_is_gone_is_said_to_be_gone(version: str) -> None:
    """An error says since when, and what happens."""
    judged = _judged(mode="ipvs", configured="ipvs", version=version)
    [finding] = lint(Cluster([judged], version))
    assert f"since {version[1:5]}" in finding.message


@pytest.mark.parametrize(
    ("version", "kernel", "instead"),
    [
        ("v1.37.2", "6.8.0-45-generic", "nftables"),
        ("v1.37.2", "5.13.0", "nftables"),
        ("v1.37.2", "5.12.19", "iptables"),
        ("v1.37.2", "", "iptables"),
        ("v1.32.0", "6.8.0", "iptables"),  # nftables is stable since 1.33
    ],
)
def test_the_mode_instead_of_ipvs(version: str, kernel: str, instead: str) -> None:
    """nftables where release and kernel are known to run it."""
    judged = _judged(kernel, mode="ipvs", configured="ipvs", version=version)
    [finding] = lint(Cluster([judged], version))
    assert finding.fix and f"--proxy-mode={instead}/" in finding.fix.command


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("v1.36.0", [("unset-mode", "info")]),
        ("v1.37.0", [("unset-mode", "warning")]),
        ("v1.39.0", [("unset-mode", "warning")]),
        ("v1.40.0", []),
    ],
)
def test_an_unset_mode_by_release(version: str, found: list[tuple[str, str]]) -> None:
    """kube-proxy warns from 1.37 on; in 1.40 the default has turned."""
    assert _found(_judged(configured="", version=version)) == found


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"mode": "nftables", "configured": "nftables"}, ["error"]),
        ({"mode": "nftables", "configured": "nftables", "observed": "nftables"}, ["warning"]),
        ({"mode": "nftables", "configured": "", "version": "v1.40.0"}, ["error"]),
        ({"configured": "iptables"}, []),
        ({"mode": "", "configured": None}, []),
    ],
)
def test_nftables_on_an_old_kernel(answer: dict[str, Any], found: list[str]) -> None:
    """An error where it is to start, a warning where it runs all the same."""
    rule = "nftables-on-old-kernel"
    assert _found(_judged("5.10.0-23-amd64", **answer)) == [(rule, severity) for severity in found]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"observed": "iptables", "configured": "nftables"}, True),
        ({"observed": "nftables", "mode": "nftables", "configured": ""}, True),
        ({"observed": "iptables", "configured": ""}, False),
        ({"observed": "iptables", "configured": "iptables"}, False),
        ({"observed": "iptables", "configured": None}, False),
        ({"observed": "", "configured": "nftables"}, False),  # nobody said what runs
    ],
)
def test_configured_and_not_observed(answer: dict[str, Any], found: bool) -> None:
    """Only what kube-proxy itself said can contradict what is written."""
    rules = [rule for rule, _ in _found(_judged(**answer))]
    assert ("configured-not-observed" in rules) == found


@pytest.mark.parametrize(
    ("proxy", "server", "found"),
    [
        ("v1.37.2", "v1.37.0", []),  # patch versions are free
        ("v1.35.0", "v1.37.0", []),
        ("v1.34.0", "v1.37.0", ["warning"]),
        ("v1.33.0", "v1.37.0", ["error"]),
        ("v1.38.0", "v1.37.0", ["error"]),
        ("v1.34.0", "", []),
        ("v1.34.1-eks-113cf36", "v1.38.0-eks-1", ["error"]),
    ],
)
def test_version_skew(proxy: str, server: str, found: list[str]) -> None:
    """By the policy of kubernetes.io/releases/version-skew-policy, and one upgrade ahead."""
    cluster = Cluster([_judged(version=proxy)], server)
    said = [f.severity for f in lint(cluster) if f.rule == "version-skew"]
    assert said == found


def test_windows_has_one_mode() -> None:
    """Nothing about modes is found on it, whatever its kube-proxy is told."""
    answer = {"mode": "kernelspace", "configured": "", "observed": "kernelspace"}
    assert _found(_judged("10.0.20348", "windows", **answer)) == []


@pytest.mark.parametrize(("certainty", "found"), [("configured", True), ("unknown", False)])
def test_what_only_may_replace_kube_proxy(certainty: Any, found: bool) -> None:
    """A system whose configuration could not be read is no reason to stop kube-proxy."""
    judged = _judged(mode="ipvs", configured="ipvs", implementation="cilium")
    replacement = Replacement("cilium", "ebpf", frozenset(("n",)), "s", certainty)
    rules = [rule for rule, _ in _found(msgspec.structs.replace(judged, replacement=replacement))]
    assert rules == (["kube-proxy-beside-replacement"] if found else ["ipvs-before-1.40"])


def test_one_change_is_one_finding() -> None:
    """Nodes that the same ConfigMap or DaemonSet speaks for are told together."""
    judged = [_judged(name=f"n{i}", mode="ipvs", configured="ipvs") for i in range(1000)]
    [finding] = lint(Cluster(judged, "v1.37.2"))
    assert len(finding.evidence) == 1000


def test_what_a_missing_list_makes_uncertain() -> None:
    """Every rule needs something, and none needs what nobody reads."""
    assert affected("pods") == [rule.id for rule in RULES]
    assert affected("configmaps") == [rule.id for rule in RULES if rule.id != "version-skew"]
    assert affected("secrets") == []

"""The corners of what replaces kube-proxy, and of what is kept of the objects that say it."""

from typing import Any

import msgspec
import pytest

from kubectl_proxy_mode.implementations.landscape import Agent, Landscape
from kubectl_proxy_mode.implementations.replacements import replacements
from kubectl_proxy_mode.objects.calico import FelixConfiguration, Installation
from kubectl_proxy_mode.objects.cilium import CiliumNodeConfig
from kubectl_proxy_mode.objects.settings import AgentConfigMap

NODES = {"a": {"pool": "blue"}, "b": {"pool": "green"}}
ALL = frozenset(NODES)
CILIUM = Agent("kube-system", "cilium", ALL, images=("quay.io/cilium/cilium:v1.18.2@sha256:0",))
ANTREA = Agent("kube-system", "antrea-agent", ALL, config_maps=("antrea-config-dcfb6k2hkm",))
CALICO = Agent("calico-system", "calico-node", ALL)


def _settings(**data: str) -> AgentConfigMap:
    names = {"cilium": "kube-proxy-replacement", "antrea": "antrea-agent.conf"}
    return msgspec.convert({"data": {names[k]: v for k, v in data.items()}}, AgentConfigMap)


def _override(name: str, value: str, selector: Any) -> CiliumNodeConfig:
    spec = {"nodeSelector": selector, "defaults": {"kube-proxy-replacement": value}}
    metadata = {"name": name, "namespace": "kube-system"}
    return msgspec.convert({"metadata": metadata, "spec": spec}, CiliumNodeConfig)


def _modes(landscape: Landscape) -> dict[str, str]:
    return {node: found.mode for node, found in sorted(replacements(landscape).items())}


@pytest.mark.parametrize(
    ("value", "modes"),
    [
        ("true", {"a": "ebpf", "b": "ebpf"}),
        ("True", {"a": "ebpf", "b": "ebpf"}),
        ("strict", {"a": "ebpf", "b": "ebpf"}),
        ("false", {}),
        ("partial", {}),
        ("probe", {}),
        ("disabled", {}),
        ("", {}),
    ],
)
def test_the_words_of_cilium(value: str, modes: dict[str, str]) -> None:
    """Those of all its releases; what replaces in part leaves kube-proxy needed."""
    settings = {"kube-system/cilium-config": _settings(cilium=value)}
    assert _modes(Landscape(NODES, [CILIUM], settings)) == modes


@pytest.mark.parametrize(
    ("overrides", "modes"),
    [
        ([("one", "true", {"matchLabels": {"pool": "blue"}})], {"a": "ebpf"}),
        ([("one", "true", {})], {"a": "ebpf", "b": "ebpf"}),
        ([("one", "true", None)], {}),  # no selector selects nothing
        ([("one", "", {})], {}),  # it overrides something else
        ([("2", "false", {}), ("1", "true", {})], {}),
        ([("1", "false", {}), ("2", "true", {"matchLabels": {"pool": "green"}})], {"b": "ebpf"}),
    ],
)
def test_the_last_override_by_name_wins(
    overrides: list[tuple[str, str, Any]], modes: dict[str, str]
) -> None:
    """As ResolveConfigurations of Cilium's pkg/option/resolver sorts them."""
    settings = {"kube-system/cilium-config": _settings(cilium="false")}
    found = {"kube-system": [_override(*each) for each in overrides]}
    assert _modes(Landscape(NODES, [CILIUM], settings, found)) == modes


@pytest.mark.parametrize(
    ("text", "serves"),
    [
        ("antreaProxy:\n  proxyAll: true\n", True),
        ("antreaProxy: {proxyAll: true}\n", True),
        ("antreaProxy:\n  enable: true\n  proxyAll: true\nnodePortLocal:\n  enable: false\n", True),
        ("antreaProxy:\n  enable: false\n  proxyAll: true\n", False),
        ("featureGates:\n  AntreaProxy: false\nantreaProxy:\n  proxyAll: true\n", False),
        ("featureGates:\n#  AntreaProxy: false\nantreaProxy:\n  proxyAll: true\n", True),
        ("antreaProxy:\n#  proxyAll: true\n", False),
        ("antreaProxy:\n  proxyAll: false\n", False),
        ("antreaProxy: [\n", False),
        ("", False),
    ],
)
def test_antrea_serves_everything_only_where_it_is_told(text: str, serves: bool) -> None:
    """Whatever the sections around it say; a comment says nothing."""
    settings = {"kube-system/antrea-config-dcfb6k2hkm": _settings(antrea=text)}
    modes = {"a": "ovs", "b": "ovs"} if serves else {}
    assert _modes(Landscape(NODES, [ANTREA], settings)) == modes


def test_nothing_else_of_an_agents_settings_is_kept() -> None:
    """A snapshot has no address, token or name out of Antrea's file."""
    text = "apiServer:\n  token: geheim\nkubeAPIServerOverride: https://10.0.0.1\nantreaProxy:\n  proxyAll: true\n"
    kept = _settings(antrea=text).data.antrea
    assert kept == "apiServer:\nkubeAPIServerOverride:\nantreaProxy:\n  proxyAll: true"


@pytest.mark.parametrize(
    ("plane", "felix", "modes"),
    [
        ("BPF", {}, {"a": "ebpf", "b": "ebpf"}),
        ("Iptables", {}, {}),
        ("Nftables", {"default": False}, {}),
        ("", {"default": True}, {"a": "ebpf", "b": "ebpf"}),
        ("", {"default": True, "node.a": False}, {"b": "ebpf"}),
        ("", {"default": False, "node.b": True}, {"b": "ebpf"}),
        ("BPF", {"node.a": False}, {"b": "ebpf"}),
        ("", {"default": True, "node.a": None}, {"a": "ebpf", "b": "ebpf"}),
    ],
)
def test_calico_by_operator_and_by_felix(
    plane: str, felix: dict[str, bool | None], modes: dict[str, str]
) -> None:
    """A node's own FelixConfiguration has the last word."""
    spec = {"calicoNetwork": {"linuxDataplane": plane}}
    installed = msgspec.convert({"metadata": {"name": "default"}, "spec": spec}, Installation)
    told = [
        msgspec.convert({"metadata": {"name": n}, "spec": {"bpfEnabled": v}}, FelixConfiguration)
        for n, v in felix.items()
    ]
    found = Landscape(NODES, [CALICO], installation=installed, felix=told)
    assert _modes(found) == modes


@pytest.mark.parametrize(
    ("agent", "unread"),
    [
        (CILIUM, "kube-system/cilium-config"),
        (CILIUM, "ciliumnodeconfigs"),
        (ANTREA, "kube-system/antrea-config-dcfb6k2hkm"),
        (CALICO, "installations"),
        (CALICO, "felixconfigurations"),
    ],
)
def test_what_could_not_be_read_is_no_no(agent: Agent, unread: str) -> None:
    """The agent is there, and nobody knows what it was told: it may replace kube-proxy."""
    found = replacements(Landscape(NODES, [agent], unread=frozenset((unread,))))
    assert {node: each.certainty for node, each in found.items()} == dict.fromkeys(ALL, "unknown")


def test_who_replaces_goes_before_who_may() -> None:
    """One system that says so leaves no doubt about another's unread settings."""
    router = Agent("kube-system", "kube-router", ALL)
    unread = frozenset(("kube-system/cilium-config",))
    found = replacements(Landscape(NODES, [CILIUM, router], unread=unread))
    assert {each.name for each in found.values()} == {"kube-router"}


def test_a_version_is_a_tag() -> None:
    """A registry's port is none, and a digest alone has none."""
    images = {"r:5000/cilium:v1": "v1", "r:5000/cilium@sha256:0": "", "r/c:v2@sha256:0": "v2"}
    found = {image: Agent("n", "c", ALL, images=(image,)).version for image in images}
    assert found == images

"""Real kube-proxies, and what can happen to them: a change of their settings, a restart, a standstill."""

import json
import os
import re
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kubectl_fieldkit.kubeconfig.model import Access
from kubectl_proxy_mode.evidence import Probe
from tests.kubectl_proxy_mode.asking import NAMESPACE, access_to, ask, kube_proxies
from tests.lab.nodes import RealNodes
from tests.lab.waiting import wait_for

CONFIG = ("configmap/kube-proxy", "-n", NAMESPACE)
DAEMONSET = ("daemonset/kube-proxy", "-n", NAMESPACE)
MODES = {"node1": "iptables", "node2": "nftables"}


def admin(real_nodes: RealNodes) -> Access:
    """As whom everything is allowed."""
    return access_to(real_nodes.kubeconfig)


def ask_all(real_nodes: RealNodes, user: str = "") -> list[Probe]:
    """A round of questions to both nodes, as the admin or as somebody else."""
    return ask(access_to(real_nodes.kubeconfig, user), kube_proxies(real_nodes.kubectl))


def modes(probes: list[Probe]) -> dict[str, str]:
    """Each node's mode, where one is told."""
    return {probe.node: probe.mode for probe in probes if probe.mode}


def settle(real_nodes: RealNodes, wanted: Mapping[str, str] = MODES) -> None:
    """Waits until both nodes are observed in these modes, which a log alone does not show."""

    def observed() -> bool:
        return modes([p for p in ask_all(real_nodes) if p.way == "portforward"]) == wanted

    wait_for(f"the modes {wanted}", observed)


@contextmanager
def changed_config(real_nodes: RealNodes, pattern: str, text: str) -> Iterator[None]:
    """kube-proxy's settings with one line changed, and in the end as they were."""
    config = json.loads(real_nodes.kubectl("get", *CONFIG, "-o", "json").stdout)["data"]
    before = config["config.conf"]
    after = re.sub(pattern, text, before)
    assert after != before
    try:
        _write(real_nodes, after)
        yield
    finally:
        _write(real_nodes, before)


def _write(real_nodes: RealNodes, text: str) -> None:
    patch = json.dumps({"data": {"config.conf": text}})
    real_nodes.kubectl("patch", *CONFIG, "--type=merge", "-p", patch)


@contextmanager
def bound_to(real_nodes: RealNodes, address: str) -> Iterator[None]:
    """node1's kube-proxy with its metrics server at another address."""
    try:
        with changed_config(
            real_nodes, 'metricsBindAddress: ".*"', f'metricsBindAddress: "{address}"'
        ):
            _restart(real_nodes)
            yield
    finally:
        _restart(real_nodes)
        settle(real_nodes)


def _restart(real_nodes: RealNodes) -> None:
    real_nodes.kubectl("rollout", "restart", *DAEMONSET)
    real_nodes.kubectl("rollout", "status", *DAEMONSET, "--timeout=60s")


@contextmanager
def stopped(node: str) -> Iterator[None]:
    """A node's kube-proxy, stopped as a debugger would."""
    (pid,) = _processes(f"--hostname-override={node}")
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def _processes(argument: str) -> list[int]:
    """The kube-proxies that were started with an argument."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                words = (folder / "cmdline").read_text().split("\0")
            except OSError:
                continue  # it has just ended
            if words[0].endswith("/kube-proxy") and argument in words:
                found.append(int(folder.name))
    return found

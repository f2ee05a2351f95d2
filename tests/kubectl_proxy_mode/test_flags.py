"""What is kept of command lines: the proxy's flags, and nothing that could be a secret."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from kubectl_proxy_mode.objects.config_map import ProxyConfigMap
from kubectl_proxy_mode.objects.container import Container
from kubectl_proxy_mode.objects.flags import flag_value, kept_flags
from kubectl_proxy_mode.objects.node import NodeAnnotations

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["kube-proxy", "--proxy-mode=ipvs"], ["--proxy-mode=ipvs"]),
        (["kube-proxy", "--proxy-mode", "ipvs", "--v=2"], ["--proxy-mode=ipvs"]),
        (["--masquerade-all", "--proxy-mode=ipvs"], ["--masquerade-all=true", "--proxy-mode=ipvs"]),
        (["--run-service-proxy"], ["--run-service-proxy=true"]),
        (["/bin/sh", "-c", "exec kube-proxy --proxy-mode=ipvs 1>>/x 2>&1"], ["--proxy-mode=ipvs"]),
        (["server", "--kube-proxy-arg", "proxy-mode=ipvs"], ["--kube-proxy-arg=proxy-mode=ipvs"]),
        ([f"--token={SECRET}", "--password", SECRET, f"--x=--proxy-mode={SECRET}"], []),
    ],
)
def test_the_flags_that_are_kept(words: list[str], kept: list[str]) -> None:
    """Both spellings of a value, a bare flag, and a shell's line; nothing else is kept."""
    assert kept_flags(words) == kept
    assert kept_flags(kept) == kept


def test_the_last_value_of_a_flag_counts() -> None:
    """As pflag takes it; quotes of a shell's line are not part of it."""
    assert flag_value(["--proxy-mode=ipvs", "--proxy-mode='nftables'"], "proxy-mode") == "nftables"
    assert flag_value([], "proxy-mode") is None


def test_structs_forget_what_nobody_reads() -> None:
    """Arguments, annotations and files with secrets do not outlive the decoding."""
    container = msgspec.convert(
        {"command": ["/usr/bin/kube-proxy", f"--token={SECRET}"], "args": [SECRET]}, Container
    )
    assert (container.command, container.args) == (["kube-proxy"], [])
    annotations = {"k3s.io/node-args": json.dumps(["server", "--token", SECRET])}
    assert msgspec.convert(annotations, NodeAnnotations).k3s_args == "[]"
    files = {"config.conf": "kind: KubeProxyConfiguration", "kubeconfig.conf": SECRET}
    assert list(msgspec.convert({"data": files}, ProxyConfigMap).data) == ["config.conf"]


def test_a_snapshot_holds_no_secret(tmp_path: Path) -> None:
    """What is recorded is what the Structs kept."""
    cluster, saved = Path(__file__).parent / "states" / "kubeadm.yaml", tmp_path / "s.gz"
    assert SECRET in cluster.read_text()
    command = [sys.executable, "-m", "kubectl_proxy_mode", "--snapshot", str(cluster)]
    subprocess.run([*command, "--save-snapshot", str(saved)], check=True, capture_output=True)
    recorded = gzip.decompress(saved.read_bytes()).decode()
    assert "KubeProxyConfiguration" in recorded
    assert SECRET not in recorded

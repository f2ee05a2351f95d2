"""kube-proxy's versions against the skew policy, and the defaults of its releases."""

import pytest

from kubectl_proxy_mode.releases import default_mode, minor
from kubectl_proxy_mode.skew import skew


@pytest.mark.parametrize(
    ("proxy", "kubelet", "server", "words"),
    [
        ("v1.37.2", "v1.37.2", "v1.37.2", []),
        ("v1.34.0", "v1.37.2", "v1.37.2", []),
        ("v1.34.0-eksbuild.5", "v1.31.4+k3s1", "v1.37", []),
        ("v1.38.0", "", "v1.37.2", ["kube-proxy v1.38.0 is newer than the API server v1.37.2"]),
        (
            "v1.33.0",
            "v1.37.0",
            "v1.37.2",
            [
                "kube-proxy v1.33.0 is 4 minors older than the API server v1.37.2: 3 are supported",
                "kube-proxy v1.33.0 and kubelet v1.37.0 are 4 minors apart: 3 are supported",
            ],
        ),
        (
            "v1.24.9",
            "v1.26.0",
            "v1.27.0",
            ["kube-proxy v1.24.9 is 3 minors older than the API server v1.27.0: 2 are supported"],
        ),
        ("latest", "v1.20.0", "v1.37.2", []),
        ("v1.30.0", "", "", []),
    ],
)
def test_the_policy(proxy: str, kubelet: str, server: str, words: list[str]) -> None:
    """Not newer than the server, three minors older at most, three beside the kubelet; two before 1.25."""
    assert skew(proxy, kubelet, server) == words


@pytest.mark.parametrize(
    ("version", "number"),
    [("v1.37.2", 37), ("1.31", 31), ("v1.30+", 30), ("v2.1.0", None), ("latest", None), ("", None)],
)
def test_the_minor(version: str, number: int | None) -> None:
    """Of Kubernetes 1.x, whatever stands behind it; None where a version says none."""
    assert minor(version) == number


def test_the_default_modes() -> None:
    """iptables up to 1.39, nftables from 1.40 on; kernelspace on Windows; unknown with the release."""
    assert [default_mode(n, False) for n in (29, 39, 40, 41)] == [
        "iptables",
        "iptables",
        "nftables",
        "nftables",
    ]
    assert (default_mode(37, True), default_mode(None, True)) == ("kernelspace", "kernelspace")
    assert default_mode(None, False) == ""

"""Port-forwards to a real node by way of forward proxies, and as whom an exec plugin says we are."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kubectl_fieldkit.kubeconfig.model import Access, ExecPlugin, User
from tests.kubectl_fieldkit.cluster.forward_proxy import forward_proxy
from tests.kubectl_proxy_mode.asking import access_to, ask, kube_proxies
from tests.lab.certificates import Authority
from tests.lab.nodes import RealNodes
from tests.lab.waiting import wait_for

SCHEMES = {"http": "http", "socks5": "socks5", "http+ssl": "https"}
PLUGIN = """#!/bin/sh
echo asked >> "$0.asked"
printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}' "$(cat "$0.token")"
"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_forward_goes_through_a_proxy(real_nodes: RealNodes, tmp_path: Path, scheme: str) -> None:
    """A stream passes the proxies that a read passes: CONNECT, SOCKS 5, and TLS within TLS."""
    certificate = tmp_path / "proxy.pem"
    certificate.write_bytes(b"".join(Authority().issue_server()))
    with forward_proxy(scheme, "", str(certificate) if "ssl" in scheme else "") as proxy:
        access = _by(access_to(real_nodes.kubeconfig), f"{SCHEMES[scheme]}://{proxy}")
        targets = kube_proxies(real_nodes.kubectl)
        wait_for("the proxies", lambda: ask(access, targets)[0].way == "portforward")
        probes = ask(access, targets)
    assert [(probe.way, bool(probe.mode)) for probe in probes] == [("portforward", True)] * 2


def test_an_exec_plugin_is_asked_once_for_all(real_nodes: RealNodes, tmp_path: Path) -> None:
    """However many kube-proxies there are, whoever logs in logs in once."""
    plugin = tmp_path / "log-in"
    plugin.write_text(PLUGIN)
    plugin.chmod(0o700)
    kubectl = real_nodes.kubectl
    token = kubectl("create", "token", "daemon-set-controller", "-n", "kube-system").stdout
    Path(f"{plugin}.token").write_text(token.strip())
    login = ExecPlugin("client.authentication.k8s.io/v1", str(plugin), interactive_mode="Never")
    access = replace(access_to(real_nodes.kubeconfig), user=User(exec=login))
    failures = {probe.failure for probe in ask(access, kube_proxies(kubectl) * 4)}
    assert 'not allowed to get pods/portforward in namespace "kube-system"' in failures
    assert Path(f"{plugin}.asked").read_text() == "asked\n"


def _by(access: Access, proxy_url: str) -> Access:
    """The access by way of a proxy, whose certificate nobody knows."""
    cluster = replace(access.cluster, proxy_url=proxy_url)
    if proxy_url.startswith("https"):
        cluster = replace(
            cluster,
            certificate_authority="",
            certificate_authority_data=b"",
            insecure_skip_tls_verify=True,
        )
    return replace(access, cluster=cluster)

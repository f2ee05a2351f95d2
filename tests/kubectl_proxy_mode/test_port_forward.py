"""Our port-forward beside the official client's: the same bytes from the same real kube-proxies."""

import re
import subprocess
import sys

import pytest

from kubectl_fieldkit.cluster.port_forward import NotForwarded, PortForwards
from tests.kubectl_proxy_mode import official_forward
from tests.kubectl_proxy_mode.asking import NAMESPACE, access_to, ask, kube_proxies
from tests.lab.nodes import RealNodes
from tests.lab.waiting import wait_for

METRICS, NOBODY = 10249, 9  # kube-proxy's port, and one where nobody listens
TIMEOUT = 20.0


@pytest.mark.parametrize("path", ["/proxyMode", "/configz", "/healthz", "/no-such-page"])
def test_it_says_what_the_official_client_says(real_nodes: RealNodes, path: str) -> None:
    """Word for word, of each node's kube-proxy."""
    for pod in _kube_proxies(real_nodes):
        (ours,) = _forwards(real_nodes).get(NAMESPACE, pod, METRICS, [path], TIMEOUT)
        theirs, error = _official(real_nodes, pod, METRICS, path)
        head, _, body = theirs.partition(b"\r\n\r\n")
        assert (ours.body, error) == (body, "")
        assert head.startswith(f"HTTP/1.0 {ours.status} ".encode())


def test_a_long_answer_arrives_whole(real_nodes: RealNodes) -> None:
    """Metrics are far longer than a message of the stream; their values move, their names do not."""
    pod = _kube_proxies(real_nodes)[0]
    (ours,) = _forwards(real_nodes).get(NAMESPACE, pod, METRICS, ["/metrics"], TIMEOUT)
    theirs, _ = _official(real_nodes, pod, METRICS, "/metrics")
    help_lines = re.compile(rb"^# HELP .*$", re.MULTILINE)
    assert help_lines.findall(ours.body) == help_lines.findall(theirs)
    assert ours.body.endswith(b"\n")
    assert len(ours.body) > 1 << 16


def test_a_closed_port_is_told_in_the_kubelets_words(real_nodes: RealNodes) -> None:
    """The words that come by the channel for errors, and nothing else."""
    pod = _kube_proxies(real_nodes)[0]
    with pytest.raises(NotForwarded) as refused:
        _forwards(real_nodes).get(NAMESPACE, pod, NOBODY, ["/"], TIMEOUT)
    _, error = _official(real_nodes, pod, NOBODY, "/")
    assert error
    assert _without_ids(refused.value.message) == _without_ids(error)


def _kube_proxies(nodes: RealNodes) -> list[str]:
    """The pods, once they listen."""
    targets = kube_proxies(nodes.kubectl)
    access = access_to(nodes.kubeconfig)
    wait_for("the kube-proxies", lambda: all(probe.mode for probe in ask(access, targets)))
    return [target.pod for target in targets]


def _forwards(nodes: RealNodes) -> PortForwards:
    return PortForwards(access_to(nodes.kubeconfig), {})


def _official(nodes: RealNodes, pod: str, port: int, path: str) -> tuple[bytes, str]:
    """The bytes of the whole response, and what came by the channel for errors."""
    program = (sys.executable, "-m", official_forward.__name__)
    words = (str(nodes.kubeconfig), NAMESPACE, pod, str(port), path)
    run = subprocess.run([*program, *words], capture_output=True, check=True, timeout=TIMEOUT * 2)
    return run.stdout, run.stderr.decode().strip()


def _without_ids(words: str) -> str:
    """Without the numbers of sandboxes and ports, which differ from one call to the next."""
    return re.sub(r"[0-9a-f]{12,}|:\d{4,5}", "", words)

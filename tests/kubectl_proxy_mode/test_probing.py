"""What a kube-proxy says of itself, read from recorded answers, logs and events."""

from datetime import UTC, datetime

import msgspec
import pytest

from kubectl_fieldkit.cluster.http1 import Response
from kubectl_fieldkit.cluster.port_forward import NotForwarded
from kubectl_fieldkit.errors import ServerError
from kubectl_fieldkit.objects.event import Event, ObjectReference
from kubectl_proxy_mode.evidence import ProxyConfig, Target
from kubectl_proxy_mode.probing.answers import config_in, mode_in, version_in
from kubectl_proxy_mode.probing.events import read_events
from kubectl_proxy_mode.probing.logs import read_log
from kubectl_proxy_mode.probing.words import reason

TARGET = Target("node1", "kube-proxy-x", "kube-system", "Running", True)

# Recorded on the lab's node2 (v1.37.2, nftables), shortened.
CONFIGZ = b"""{"kubeproxy.config.k8s.io":{"kind":"KubeProxyConfiguration",
"apiVersion":"kubeproxy.config.k8s.io/v1alpha1","bindAddress":"0.0.0.0",
"metricsBindAddress":"127.0.0.1:10249","mode":"nftables","iptables":{"masqueradeAll":false},
"ipvs":{"scheduler":"","excludeCIDRs":null,"strictARP":false},"detectLocalMode":"ClusterCIDR",
"clusterCIDR":"10.244.0.0/16","nodePortAddresses":["primary"]}}"""
# From upstream's pkg/proxy/apis/config/types.go of v1.31, whose fields have no JSON names; not recorded.
CONFIGZ_OF_1_31 = b"""{"kubeproxy.config.k8s.io":{"BindAddress":"0.0.0.0","MetricsBindAddress":"127.0.0.1:10249",
"Mode":"ipvs","IPVS":{"Scheduler":"rr","StrictARP":true},"DetectLocalMode":"ClusterCIDR",
"DetectLocal":{"ClusterCIDRs":["10.244.0.0/16","fd00::/64"]},"NodePortAddresses":null,
"Linux":{"MasqueradeAll":true}}}"""

# Recorded on the lab's node1 (v1.37.2).
LOG = """\
I1125 14:43:11.530207       1 server.go:655] "Version info" version="v1.37.2"
I1125 14:43:11.530216       1 server.go:657] "Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""
I1125 14:43:11.545071       1 server_linux.go:144] "Using iptables Proxier"
"""
BUILD = b"""\
# TYPE kubernetes_build_info gauge
kubernetes_build_info{build_date="",compiler="gc",git_version="v1.37.2",go_version="go1.26.0",major="1"} 1
"""
REFUSED = """\
error forwarding port 10249 to pod cccadb98, uid : failed to execute portforward in network namespace "host": \
failed to connect to localhost:10249 inside namespace "cccadb98", IPv4: dial tcp4 127.0.0.1:10249: connect: \
connection refused IPv6 dial tcp6: address localhost: no suitable address found"""


STRANGE = [
    b"",
    b"[]",
    b"{}",
    b"404 page not found",
    b'{"kubeproxy.config.k8s.io":[]}',
    b"[" * 100_000,
    b'{"kubeproxy.config.k8s.io":{"mode":7}}',
]


def _response(body: bytes, status: int = 200) -> Response:
    return Response(status, "", {}, body, len(body))


@pytest.mark.parametrize("mode", ["iptables", "ipvs", "nftables", "kernelspace"])
def test_a_mode_is_one_that_kube_proxy_has(mode: str) -> None:
    """The body of /proxyMode is the mode."""
    assert mode_in(_response(mode.encode())) == mode


@pytest.mark.parametrize(
    "body", [b"", b"hello from web", b"\xff\xfe", b"iptables\x1b[31m", b"IPTABLES"]
)
def test_what_is_no_mode_is_none(body: bytes) -> None:
    """What else may listen on that port is not believed, and never printed."""
    assert mode_in(_response(body)) == ""


def test_a_mode_with_another_status_is_none() -> None:
    """A page that a proxy in between makes of it is no answer."""
    assert mode_in(_response(b"iptables", 404)) == ""


def test_configz_gives_the_effective_settings() -> None:
    """The fields that matter, as 1.37 names them."""
    assert _document(config_in(_response(CONFIGZ))) == {
        "mode": "nftables",
        "bindAddress": "0.0.0.0",
        "metricsBindAddress": "127.0.0.1:10249",
        "clusterCIDR": "10.244.0.0/16",
        "detectLocalMode": "ClusterCIDR",
        "nodePortAddresses": ["primary"],
        "strictARP": False,
        "scheduler": "",
        "masqueradeAll": False,
    }


def test_configz_of_earlier_releases_is_read_too() -> None:
    """The same fields under the names they have in Go."""
    assert _document(config_in(_response(CONFIGZ_OF_1_31))) == {
        "mode": "ipvs",
        "bindAddress": "0.0.0.0",
        "metricsBindAddress": "127.0.0.1:10249",
        "clusterCIDR": "10.244.0.0/16,fd00::/64",
        "detectLocalMode": "ClusterCIDR",
        "nodePortAddresses": [],
        "strictARP": True,
        "scheduler": "rr",
        "masqueradeAll": True,
    }


def _document(config: ProxyConfig | None) -> object:
    return msgspec.json.decode(msgspec.json.encode(config))


@pytest.mark.parametrize("body", STRANGE)
def test_what_is_no_configz_gives_no_settings(body: bytes) -> None:
    """Whatever a stranger on that port says, no settings are made of it."""
    assert config_in(_response(body)) is None


def test_the_version_is_in_the_metrics() -> None:
    """kubernetes_build_info names it; other metrics do not."""
    assert version_in(_response(BUILD)) == "v1.37.2"
    assert version_in(_response(b"go_goroutines 7\n")) == ""


def test_a_log_tells_mode_and_version() -> None:
    """The last start counts, where a file holds several."""
    probe = read_log(TARGET, LOG + LOG.replace("iptables", "nftables"))
    assert (probe.mode, probe.version, probe.failure) == ("nftables", "v1.37.2", "")


def test_a_log_without_its_start_tells_nothing() -> None:
    """Where the first lines were rotated away, that is the reason."""
    probe = read_log(TARGET, 'I1125 14:43:11 1 proxier.go:1] "Reloading"\n')
    assert (probe.mode, probe.failure) == ("", "its log does not tell of a start of kube-proxy")


def test_the_last_event_of_a_node_tells_its_mode() -> None:
    """A warning that only one mode gives is evidence of it; a later one outdoes it."""
    events = [
        _event("node1", "IPVSDeprecation", 1),
        _event("node1", "KubeProxyDefaultMode", 2),
        _event("node2", "IPVSDeprecation", 1),
        _event("node3", "Starting", 1),
    ]
    told = [(probe.node, probe.way, probe.mode) for probe in read_events(events)]
    assert told == [("node1", "event", "iptables"), ("node2", "event", "ipvs")]


def _event(node: str, why: str, minute: int) -> Event:
    about = ObjectReference(kind="Node", name=node)
    moment = datetime(2026, 11, 25, 14, minute, tzinfo=UTC)
    return Event(involved_object=about, reason=why, last_timestamp=moment)


def test_a_refused_port_is_told_from_a_kubelet_that_failed() -> None:
    """The kubelet's chain of errors becomes the cause that an operator can act on."""
    assert reason(NotForwarded(REFUSED), TARGET, 5)[0].startswith("nothing listens on port 10249")
    other = reason(NotForwarded("exec: socat: not found in $PATH of the host, or so"), TARGET, 5)
    assert other[0].startswith("the kubelet could not forward port 10249: exec: socat")


def test_an_api_server_that_gets_no_answer_says_so() -> None:
    """A firewall between the API server and the pod is not a port where nobody listens."""
    message = "error trying to reach service: dial tcp 10.0.0.7:10249: i/o timeout"
    error = ServerError(503, "ServiceUnavailable", message)
    words = "the API server gets no answer from port 10249 of the pod's address"
    assert reason(error, TARGET, 5)[0] == words

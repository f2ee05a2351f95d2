"""NO_PROXY, rule by rule, as golang.org/x/net/http/httpproxy reads it."""

import pytest

from kubectl_fieldkit.cluster.address import Address, address_of
from kubectl_fieldkit.cluster.proxy import uses_proxy
from kubectl_fieldkit.kubeconfig.model import Cluster

# From the tests of httpproxy itself (proxy_test.go, UseProxyTests and its NO_PROXY), and beyond.
UPSTREAM = "foo.com, .bar.com, *.baz.com, 192.168.1.1, 192.168.1.2:81, 192.168.1.3:80, 10.0.0.0/30, 2001:db8::52:0:1, [2001:db8::52:0:2]:443, [2001:db8::52:0:3]:80, 2002:db8:a::45/64"


@pytest.mark.parametrize(
    ("excepted", "server", "proxied"),
    [
        (UPSTREAM, "localhost", False),
        (UPSTREAM, "127.0.0.1", False),
        (UPSTREAM, "127.0.0.2", False),
        (UPSTREAM, "[::1]", False),
        (UPSTREAM, "[::2]", True),
        (UPSTREAM, "192.168.1.1", False),
        (UPSTREAM, "192.168.1.2", True),
        (UPSTREAM, "192.168.1.3", True),
        (UPSTREAM, "192.168.1.4", True),
        (UPSTREAM, "10.0.0.2", False),
        (UPSTREAM, "[2001:db8::52:0:1]", False),
        (UPSTREAM, "[2001:db8::52:0:2]", False),
        (UPSTREAM, "[2001:db8::52:0:3]", True),
        (UPSTREAM, "[2002:db8:a::123]", False),
        (UPSTREAM, "[fe80::424b:c8be:1643:a1b6]", True),
        (UPSTREAM, "bar.com", True),
        (UPSTREAM, "www.bar.com", False),
        (UPSTREAM, "foo.com", False),
        (UPSTREAM, "www.foo.com", False),
        (UPSTREAM, "foo1.com", True),
        (UPSTREAM, "www.foo1.com", True),
        (UPSTREAM, "afoo.com", True),
        (UPSTREAM, "baz.com", True),
        (UPSTREAM, "www.baz.com", False),
        ("", "10.0.0.1", True),
        (" , ,", "10.0.0.1", True),
        ("*", "10.0.0.1", False),
        ("x.test,*", "foo.com", False),
        ("FOO.com", "foo.com", False),
        ("foo.com:443", "foo.com", False),
        ("foo.com:6443", "foo.com", True),
        ("foo.com:6443", "foo.com:6443", False),
        ("192.168.1.2:81", "192.168.1.2:81", False),
        ("10.0.0.0/33", "10.0.0.1", True),
        ("10.0.0.0/8", "foo.com", True),
        (":443", "foo.com", True),
        ("127.0.0.1", "127.example.test", True),
        ("0.1", "10.0.0.1", True),
        (".1", "10.0.0.1", True),
        ("*foo.com", "foo.com", True),
        ("com", "foo.com", False),
    ],
)  # fmt: skip
def test_who_is_reached_by_proxy(excepted: str, server: str, proxied: bool) -> None:
    """Names by suffix, addresses by number and network, both by port if the rule has one."""
    address = address_of(Cluster(f"https://{server}"))
    assert uses_proxy(address, excepted) is proxied


@pytest.mark.parametrize(
    ("cluster", "address", "url"),
    [
        (Cluster("https://x.test"), Address("https", "x.test", 443), "https://x.test"),
        (Cluster("https://X.test:6443/"), Address("https", "x.test", 6443), "https://x.test:6443"),
        (Cluster("https://x/k8s/c"), Address("https", "x", 443, "/k8s/c"), "https://x/k8s/c"),
        (Cluster("http://x:80"), Address("http", "x", 80), "http://x"),
        (Cluster("https://[::1]:6443"), Address("https", "::1", 6443), "https://[::1]:6443"),
        (Cluster("https://[::1]"), Address("https", "::1", 443), "https://[::1]"),
        (Cluster("x:6443"), Address("http", "x", 6443), "http://x:6443"),
        (Cluster("x:6443", "/ca"), Address("https", "x", 6443), "https://x:6443"),
        (Cluster("x", insecure_skip_tls_verify=True), Address("https", "x", 443), "https://x"),
    ],
)
def test_where_a_server_is(cluster: Cluster, address: Address, url: str) -> None:
    """What a kubeconfig leaves out is added as client-go's DefaultServerURL adds it."""
    assert address_of(cluster) == address
    assert address.url == url

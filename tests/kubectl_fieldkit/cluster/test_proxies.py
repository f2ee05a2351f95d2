"""The lab by way of real forward proxies, beside kubectl in the same environment."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kubectl_fieldkit.errors import ConnectionFailed, KubeconfigError
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.reading import Objects, Request
from tests.kubectl_fieldkit.cluster.certificates import self_signed
from tests.kubectl_fieldkit.cluster.conftest import Open, with_cluster
from tests.kubectl_fieldkit.cluster.forward_proxy import NAME, forward_proxy
from tests.kubectl_fieldkit.cluster.listener import Listener, answer, requests
from tests.lab.lab import Lab

LOGIN = "jane:s%23cret"
UNABLE = "Unable to connect to the server:"


@pytest.fixture(scope="module")
def http_proxy() -> Iterator[str]:
    """An http proxy that wants a password."""
    with forward_proxy("http", "jane:s#cret") as authority:
        yield authority


@pytest.fixture(scope="module")
def socks_proxy() -> Iterator[str]:
    """A SOCKS 5 proxy that wants a password."""
    with forward_proxy("socks5", "jane:s#cret") as authority:
        yield authority


@pytest.fixture
def far(lab: Lab, access: Access) -> Access:
    """The lab under the name that only the proxies can look up."""
    return with_cluster(access, server=f"https://{NAME}:{urlsplit(lab.server).port}")


def kubectl_reads(lab: Lab, access: Access, env: dict[str, str], proxy_url: str = "") -> bool:
    """Whether kubectl reads the same cluster in the same environment."""
    flags = ["--server", access.cluster.server, "--request-timeout=10s"]
    if proxy_url:
        kubeconfig = lab.folder / "proxy.kubeconfig"
        kubeconfig.write_text(
            lab.kubeconfig.read_text().replace(
                f"server: {lab.server}", f"server: {lab.server}\n    proxy-url: {proxy_url}"
            )
        )
        flags += ["--kubeconfig", str(kubeconfig)]
    return lab.kubectl("get", "--raw", "/version", *flags, check=False, env=env).returncode == 0


def reads(opened: Open, access: Access, env: dict[str, str]) -> bool:
    """Whether we do."""
    try:
        return isinstance(opened(access, environ=env).read(Request(NODES)), Objects)
    except ConnectionFailed:
        return False


@pytest.mark.parametrize(
    ("variable", "excepted", "works"),
    [
        ("HTTPS_PROXY", "", True),
        ("https_proxy", "", True),
        ("HTTP_PROXY", "", False),
        ("ALL_PROXY", "", False),
        ("HTTPS_PROXY", "fieldkit.test", False),
        ("HTTPS_PROXY", ".fieldkit.test", False),
        ("HTTPS_PROXY", "*.fieldkit.test", False),
        ("HTTPS_PROXY", "kit.test", True),
        ("HTTPS_PROXY", "a.test, LAB.fieldkit.test", False),
        ("HTTPS_PROXY", ".lab.fieldkit.test", True),
        ("HTTPS_PROXY", "lab.fieldkit.test:1", True),
        ("HTTPS_PROXY", "*", False),
        ("HTTPS_PROXY", "127.0.0.0/8", True),
    ],
)
def test_the_environments_proxy(
    lab: Lab,
    far: Access,
    opened: Open,
    http_proxy: str,
    variable: str,
    excepted: str,
    works: bool,
) -> None:
    """The variables lead to a proxy exactly where they lead kubectl to it."""
    env = {variable: f"http://{LOGIN}@{http_proxy}", "NO_PROXY": excepted}
    assert reads(opened, far, env) is works
    assert kubectl_reads(lab, far, env) is works


def test_a_variable_may_leave_the_scheme_out(
    lab: Lab, far: Access, opened: Open, http_proxy: str
) -> None:
    """HOST:PORT is an http proxy."""
    env = {"HTTPS_PROXY": f"{LOGIN}@{http_proxy}"}
    assert reads(opened, far, env)
    assert kubectl_reads(lab, far, env)


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize("login", [LOGIN, "jane:wrong"], ids=["right", "wrong"])
def test_the_kubeconfigs_proxy(
    lab: Lab,
    far: Access,
    opened: Open,
    request: pytest.FixtureRequest,
    scheme: str,
    login: str,
) -> None:
    """proxy-url beats the environment, looks names up itself, and is told the password."""
    authority = request.getfixturevalue(f"{scheme.removesuffix('5')}_proxy")
    url = f"{scheme}://{login}@{authority}"
    env = {"HTTPS_PROXY": "http://127.0.0.1:1", "NO_PROXY": "*"}
    works = reads(opened, with_cluster(far, proxy_url=url), env)
    assert works is (login == LOGIN)
    assert works is kubectl_reads(lab, far, env, proxy_url=url)


def test_an_https_proxy(lab: Lab, far: Access, opened: Open, tmp_path: Path) -> None:
    """TLS to the server runs inside the TLS to a proxy that the cluster's authority vouches for."""
    file = tmp_path / "proxy.pem"
    file.write_bytes(b"".join(lab.authority.issue_server()))
    with forward_proxy("http+ssl", "jane:s#cret", str(file)) as authority:
        url = f"https://{LOGIN}@{authority}"
        assert reads(opened, with_cluster(far, proxy_url=url), {})
        assert kubectl_reads(lab, far, {}, proxy_url=url)


def test_an_https_proxy_with_another_authority(far: Access, opened: Open, tmp_path: Path) -> None:
    """The machine's own authorities may vouch for the proxy, but nobody else."""
    file, _ = self_signed(tmp_path, "127.0.0.1")
    with forward_proxy("http+ssl", "", str(file)) as authority:
        access = with_cluster(far, proxy_url=f"https://{authority}")
        assert reads(opened, access, {"SSL_CERT_FILE": str(file)})
        with pytest.raises(ConnectionFailed) as caught:
            opened(access).read(Request(NODES))
    assert caught.value.line == (
        f'{UNABLE} proxy "{authority}": tls: failed to verify certificate: x509: certificate signed'
        " by unknown authority (it comes from proxy-url)"
    )


def test_a_proxy_that_wants_a_password(far: Access, opened: Open, http_proxy: str) -> None:
    """A 407 says where the password belongs, and shows none."""
    env = {"HTTPS_PROXY": f"http://jane:wrong@{http_proxy}"}
    with pytest.raises(ConnectionFailed) as caught:
        opened(far, environ=env).read(Request(NODES))
    assert caught.value.line == (
        f'{UNABLE} proxy "{http_proxy}": 407 Proxy Authentication Required'
        " (put USER:PASSWORD@ before the host in HTTPS_PROXY)"
    )


@pytest.mark.parametrize("scheme", ["http", "socks5", "https"])
def test_a_proxy_that_is_not_there(lab: Lab, far: Access, opened: Open, scheme: str) -> None:
    """It is the proxy that is named, where kubectl blames the server."""
    url = f"{scheme}://jane:secret@127.0.0.1:1"
    with pytest.raises(ConnectionFailed) as caught:
        opened(with_cluster(far, proxy_url=url)).read(Request(NODES))
    assert caught.value.line == (
        f'{UNABLE} proxy "127.0.0.1:1": dial tcp 127.0.0.1:1: connect: connection refused'
        " (it comes from proxy-url)"
    )
    assert not kubectl_reads(lab, far, {}, proxy_url=url)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("ftp://jane:secret@x", 'proxy-url has the unsupported scheme "ftp"'),
        ("proxy.test", 'proxy-url has the unsupported scheme ""'),
        ("http://", "proxy-url is no URL of a proxy"),
        ("http://jane:secret@x:port", "proxy-url is no URL of a proxy"),
    ],
)
def test_a_proxy_that_is_no_url(access: Access, opened: Open, url: str, fault: str) -> None:
    """The kubeconfig's fault is named without the password in it."""
    with pytest.raises(KubeconfigError) as caught:
        opened(with_cluster(access, proxy_url=url))
    assert caught.value.line == (
        f"error: {fault} (it should read http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT)"
    )


def test_a_plain_server_behind_a_proxy(
    opened: Open, listen: Callable[..., Listener], http_proxy: str
) -> None:
    """An http proxy is asked for the URL itself; a server without TLS is still told no secret."""
    heads: list[str] = []

    def serve(connection: socket.socket, _: int) -> None:
        for head in requests(connection):
            heads.append(head)
            connection.sendall(answer("200 OK", "{}"))

    server = f"http://{listen(serve).authority}"
    access = Access(Cluster(server, proxy_url=f"http://{LOGIN}@{http_proxy}"), User("secret"))
    lines: list[str] = []
    assert opened(access, trace=lines.append).read(Request(NODES)) == Objects([])
    assert heads[0].startswith("GET /api/v1/nodes?limit=500 HTTP/1.1\r\n")
    assert "secret" not in heads[0]
    assert lines[0].startswith(f"GET {server}/api/v1/nodes?limit=500 in ")


def test_no_password_in_the_trace(far: Access, opened: Open, http_proxy: str) -> None:
    """The trace shows the server's URL and nothing of the way there."""
    lines: list[str] = []
    env = {"HTTPS_PROXY": f"http://{LOGIN}@{http_proxy}"}
    opened(far, environ=env, trace=lines.append).read(Request(NODES))
    assert [line.partition(" in ")[0] for line in lines] == [
        f"GET {far.cluster.server}/api/v1/nodes?limit=500"
    ]

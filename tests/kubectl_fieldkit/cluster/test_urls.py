"""Addresses and what stands in URLs: as urllib.parse has them."""

from contextlib import suppress
from random import Random
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from kubectl_fieldkit.cluster.address import PORTS, Address, address_of, host_name
from kubectl_fieldkit.cluster.escaping import escaped, query_of
from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.model import Cluster
from tests.seeds import cases, rng

PARTS = (
    ("https", "https", "https", "http", "HTTPS", "ftp", ""),
    ("://", "://", "://", "://", ":/", ":"),
    ("", "", "", "", "", "user:word@"),
    ("k8s.example.com", "10.0.0.1", "localhost", "[::1]", "A.b", "a..b", "x" * 64, "a_b", "-", ""),
    ("", ":6443", ":443", ":0", ":00443", ":65536", ":x", ":", ":٣"),
    ("", "/", "/k8s/clusters/c-m-1", "/a//b/", "/a?b=c", "/a#b", "/%2e", "/é", "/a b", "//x"),
)
LETTERS = "aZ09-_.~ /?#[]@!$&'()*+,;=%:\"<>\\^`{|}é日😀\n\t"


def test_an_address_is_what_a_parser_of_urls_says() -> None:
    """Of usual servers and of strange ones."""
    random, usual = rng("addresses"), 0
    for _ in range(cases(3000)):
        server = "".join(map(random.choice, PARTS))
        found = None
        with suppress(KubeconfigError):
            found = address_of(Cluster(server, insecure_skip_tls_verify=True))
        assert found == _expected(server), server
        usual += found is not None
    assert usual > cases(500)


def _expected(server: str) -> Address | None:
    """None for what is no server's address to us either."""
    try:
        parts = urlsplit(server if "://" in server else f"https://{server}")
        host, port = host_name(parts.hostname or ""), parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    is_address = host and parts.scheme in PORTS and " " not in server
    return Address(parts.scheme, host, port, parts.path.rstrip("/")) if is_address else None


def test_what_is_escaped_is_what_urllib_escapes() -> None:
    """Letter by letter, and a server reads parameters as they were meant."""
    random = rng("escaping")
    for _ in range(cases(1000)):
        text, plain = _text(random), random.choice(("", "/", "!#$&'*+-.^_`|~"))
        assert escaped(text, plain) == quote(text, safe=plain)
        values = {_text(random): _text(random), "limit": "500"}
        assert parse_qsl(query_of(values), keep_blank_values=True) == list(values.items())
        assert query_of(values).replace("%20", "+") == urlencode(values)


def _text(random: Random) -> str:
    return "".join(random.choices(LETTERS, k=random.randint(0, 12)))

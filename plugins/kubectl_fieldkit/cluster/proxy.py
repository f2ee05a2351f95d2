"""Which proxy, if any, leads to a server.

The environment's rules are those of golang.org/x/net/http/httpproxy, which kubectl follows.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kubectl_fieldkit.cluster.address import Address, host_name
from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.model import Secretive

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


class Proxy(Secretive, frozen=True):
    """A proxy, and what named it: `proxy-url` or a variable."""

    scheme: str
    host: str
    port: int
    origin: str
    username: str = ""
    password: str = ""

    def forwards(self, address: Address) -> bool:
        """Whether it is asked for the URL itself, as for plain http, and not for a tunnel."""
        return address.scheme == "http" and self.scheme in {"http", "https"}

    @property
    def target(self) -> str:
        """HOST:PORT."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def find_proxy(address: Address, proxy_url: str, environ: Mapping[str, str]) -> Proxy | None:
    """The kubeconfig's own proxy, or else the environment's unless NO_PROXY names the server."""
    if proxy_url:
        return _parse(proxy_url, "proxy-url")
    for name in (f"{address.scheme.upper()}_PROXY", f"{address.scheme}_proxy"):
        if value := environ.get(name):
            excepted = environ.get("NO_PROXY") or environ.get("no_proxy") or ""
            return _parse(value, name) if uses_proxy(address, excepted) else None
    return None


def uses_proxy(address: Address, excepted: str) -> bool:
    """Whether the environment's proxy leads to a server; `excepted` is NO_PROXY's value.

    Mirrors useProxy in golang.org/x/net/http/httpproxy/proxy.go: to this machine it never does.
    """
    rules = (rule.strip().lower() for rule in excepted.split(","))
    return not (address.is_loopback or any(_excepts(rule, address) for rule in rules if rule))


def _excepts(rule: str, address: Address) -> bool:
    if rule == "*":
        return True
    own = _ip(address.host)
    if own and "/" in rule:
        return own in _network(rule)
    host, port = _split(rule)
    if not host or port not in {"", str(address.port)}:
        return False
    if own:
        return own == _ip(host)
    suffix = host[1:] if host.startswith("*.") else host
    name = address.host if suffix.startswith(".") else f".{address.host}"
    return name.endswith(suffix if suffix.startswith(".") else f".{suffix}")


def _split(rule: str) -> tuple[str, str]:
    """Host and port as Go's net.SplitHostPort; all is host where there is no port."""
    host, colon, port = rule.rpartition(":")
    if not colon or (":" in host and not (host.startswith("[") and host.endswith("]"))):
        return rule, ""
    return host.strip("[]"), port


def _ip(host: str) -> "IPv4Address | IPv6Address | None":
    from ipaddress import ip_address

    try:
        return ip_address(host)
    except ValueError:
        return None


def _network(rule: str) -> "IPv4Network | IPv6Network | tuple[()]":
    from ipaddress import ip_network

    try:
        return ip_network(rule, strict=False)
    except ValueError:
        return ()


def _parse(value: str, origin: str) -> Proxy:
    """The proxy that a URL names; a variable may leave `http://` out. Errors hide the password."""
    from urllib.parse import unquote, urlsplit

    hint = "it should read http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT"
    if "://" not in value and origin != "proxy-url":
        value = f"http://{value}"
    try:
        parts = urlsplit(value)
        host, port = host_name(parts.hostname or ""), parts.port
    except ValueError as err:
        raise KubeconfigError(f"{origin} is no URL of a proxy", hint) from err
    if parts.scheme not in PORTS:
        raise KubeconfigError(f'{origin} has the unsupported scheme "{parts.scheme}"', hint)
    if not host:
        raise KubeconfigError(f"{origin} is no URL of a proxy", hint)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Proxy(parts.scheme, host, port or PORTS[parts.scheme], origin, user, password)

"""Where an API server is, out of a kubeconfig's `server`."""

from msgspec import Struct

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.model import Cluster

PORTS = {"https": 443, "http": 80}


class Address(Struct, frozen=True):
    """Scheme, host, port and the path that all requests start with; no user and no password."""

    scheme: str
    host: str
    port: int
    path: str = ""

    @property
    def authority(self) -> str:
        """HOST or HOST:PORT as a URL and a Host header have it."""
        return self.target if self.port != PORTS[self.scheme] else self._bracketed

    @property
    def target(self) -> str:
        """HOST:PORT, always with the port, as CONNECT wants it."""
        return f"{self._bracketed}:{self.port}"

    @property
    def url(self) -> str:
        """The URL that a request's path is added to."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine, by name or by number."""
        numeric = self.host.replace(".", "").isdecimal()
        return self.host in {"localhost", "::1"} or (numeric and self.host.startswith("127."))


def address_of(cluster: Cluster) -> Address:
    """The server's address, with the scheme and port that client-go's DefaultServerURL adds."""
    server = cluster.server if "://" in cluster.server else f"{_scheme(cluster)}://{cluster.server}"
    if plain := _plain(server):
        return plain
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(server)
        host, port = host_name(parts.hostname or ""), parts.port
    except ValueError as err:
        raise _no_server(cluster) from err
    if parts.scheme not in PORTS or not host or not server.isprintable() or " " in server:
        raise _no_server(cluster)
    return Address(parts.scheme, host, port or PORTS[parts.scheme], parts.path.rstrip("/"))


def _plain(server: str) -> Address | None:
    """The usual address, whose parts nobody can mistake; None for what a parser of URLs must take apart."""
    scheme, _, rest = server.partition("://")
    authority, slash, path = rest.partition("/")
    host, colon, port = authority.partition(":")
    letters = host.replace(".", "").replace("-", "") + path.replace("/", "").replace("-", "")
    if (
        scheme not in PORTS
        or not letters.isalnum()
        or not letters.isascii()
        or host != host.lower()
    ):
        return None
    if not all(0 < len(label) <= 63 for label in host.split(".")):
        return None
    if colon and not (port.isdecimal() and port.isascii() and 0 < int(port) < 65536):
        return None
    return Address(scheme, host, int(port or PORTS[scheme]), f"{slash}{path}".rstrip("/"))


def host_name(name: str) -> str:
    """The name of a host, or of none, as DNS and TLS have it. Raises ValueError where it is no name.

    Python's own IDNA codec is never asked: its tables cost 2 ms of every start.
    """
    if not name.isascii():
        raise ValueError(f'"{name}" is not ASCII: write it as xn--…')
    if name and not all(0 < len(label) <= 63 for label in name.removesuffix(".").split(".")):
        raise ValueError(f'"{name}" is no name of a host')
    return name


def _scheme(cluster: Cluster) -> str:
    tls = cluster.certificate_authority or cluster.certificate_authority_data
    return "https" if tls or cluster.insecure_skip_tls_verify else "http"


def _no_server(cluster: Cluster) -> KubeconfigError:
    hint = "it should read https://HOST:PORT"
    scheme, mark, rest = cluster.server.rpartition("://")
    server = scheme + mark + rest.rpartition("@")[2]  # without a password
    return KubeconfigError(f'server "{server}" is no URL of an API server', hint)

"""What a request says of itself and of who asks."""

from base64 import b64encode
from collections.abc import Iterable

from kubectl_fieldkit import __version__
from kubectl_fieldkit.cluster.escaping import escaped
from kubectl_fieldkit.cluster.proxy import Proxy
from kubectl_fieldkit.cluster.questions import AsTable
from kubectl_fieldkit.errors import CredentialsError
from kubectl_fieldkit.kubeconfig.credentials import Credentials
from kubectl_fieldkit.kubeconfig.model import User

Header = tuple[str, str]

# What /api and /apis are asked for: all at once where the server can (aggregated discovery), else names.
DISCOVERY_ROOTS = {"/api", "/apis"}
TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"

HEADER_NAME_MARKS = "!#$&'*+-.^_`|~"  # RFC 7230's token, without the % that escapes the rest


def written(method: str, target: str, headers: Iterable[Header], body: bytes = b"") -> bytes:
    """A request as it goes over the wire; CredentialsError for a value that is no header's."""
    lines = [f"{method} {target} HTTP/1.1"]
    for name, value in headers:
        if any(ord(char) < 32 or ord(char) == 127 for char in value):
            raise CredentialsError(f'the value of the header "{name}" holds control characters')
        lines.append(f"{name}: {value}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def standing_headers(host: str, user: User, gzip: bool) -> list[Header]:
    """The headers that all requests of a run have in common."""
    encoding = "gzip" if gzip else "identity"
    return [
        ("Host", host),
        ("User-Agent", f"kubectl-fieldkit/{__version__}"),
        ("Accept", "application/json"),
        ("Accept-Encoding", encoding),
        *impersonation(user),
    ]


def accepting(headers: list[Header], path: str) -> list[Header]:
    """The headers with the forms of answer that are wanted of this path."""
    wanted = TABLE if isinstance(path, AsTable) else DISCOVERY if path in DISCOVERY_ROOTS else ""
    if not wanted:
        return headers
    return [(name, wanted if name == "Accept" else value) for name, value in headers]


def content_headers(body: bytes, content_type: str) -> list[Header]:
    """What a request with a body says of it."""
    return [("Content-Type", content_type), ("Content-Length", str(len(body)))]


def impersonation(user: User) -> list[Header]:
    """The headers of `--as`, as client-go's transport/round_trippers.go writes them."""
    headers = [("Impersonate-User", user.impersonate), ("Impersonate-Uid", user.impersonate_uid)]
    headers += [("Impersonate-Group", group) for group in user.impersonate_groups]
    for key, values in user.impersonate_extra:
        name = "Impersonate-Extra-" + escaped(key, HEADER_NAME_MARKS)
        headers += [(name, value) for value in values]
    return [(name, value) for name, value in headers if value]


def authorization(credentials: Credentials) -> list[Header]:
    """The bearer token, or else user and password."""
    if credentials.token:
        return [("Authorization", f"Bearer {credentials.token}")]
    if credentials.basic:
        return [("Authorization", _basic(*credentials.basic))]
    return []


def proxy_headers(proxy: Proxy) -> list[Header]:
    """Who asks the proxy."""
    if not proxy.username:
        return []
    return [("Proxy-Authorization", _basic(proxy.username, proxy.password))]


def _basic(user: str, password: str) -> str:
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()

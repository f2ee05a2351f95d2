"""Until when a user's credentials are good, as far as they say it themselves."""

from binascii import a2b_base64
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec import DecodeError, Struct, json

from kubectl_fieldkit.kubeconfig.model import Cluster, User

BEGIN, END = b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----"
SEQUENCE, EXPLICIT_VERSION, UTC_TIME = 0x30, 0xA0, 0x17


class _Claims(Struct):
    exp: float | None = None


def expiry_of(user: User) -> tuple[datetime | None, str]:
    """The moment, and what says so: the client certificate, or the token where that is what counts."""
    if user.exec:
        return None, "exec plugin"
    if user.token_file or user.token:
        return token_expiry(_read(user.token_file).decode(errors="replace") or user.token), "token"
    certificate = user.client_certificate_data or _read(user.client_certificate)
    return (certificate_expiry(certificate), "certificate") if certificate else (None, "")


def authority_expiry(cluster: Cluster) -> datetime | None:
    """Until when a cluster's certificate authority is good; None for several, of which one may do."""
    pem = cluster.certificate_authority_data or _read(cluster.certificate_authority)
    return certificate_expiry(pem) if pem.count(BEGIN) == 1 else None


def _read(path: str) -> bytes:
    """A file's bytes; none where it cannot be read, which is another question."""
    try:
        return Path(path).read_bytes() if path else b""
    except OSError:
        return b""


def token_expiry(token: str) -> datetime | None:
    """The `exp` claim of a JSON web token; None for any other token."""
    parts = token.strip().split(".")
    if len(parts) != 3:
        return None
    try:
        payload = parts[1].replace("-", "+").replace("_", "/")
        claims = json.decode(a2b_base64(payload + "=" * (-len(payload) % 4)), type=_Claims)
        return datetime.fromtimestamp(claims.exp, UTC) if claims.exp is not None else None
    except (ValueError, OverflowError, OSError, DecodeError, RecursionError):
        return None


def certificate_expiry(pem: bytes) -> datetime | None:
    """`notAfter` of the first certificate in the text; None where there is none that reads."""
    body = pem.partition(BEGIN)[2].partition(END)[0]
    try:
        certificate = next(_elements(a2b_base64(body)))[1]
        inside = list(_elements(next(_elements(certificate))[1]))
        validity = inside[4 if inside[0][0] == EXPLICIT_VERSION else 3][1]
        kind, moment = list(_elements(validity))[1]
        text = moment.decode("ascii")
        if kind == UTC_TIME:  # RFC 5280: two digits, from 1950 to 2049
            text = ("19" if text >= "5" else "20") + text
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except (ValueError, IndexError, StopIteration):
        return None


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The DER elements one after another, as tag and content; IndexError where they are cut."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        if at + length > len(data):
            raise IndexError("the certificate is cut")
        yield tag, data[at : at + length]
        at += length

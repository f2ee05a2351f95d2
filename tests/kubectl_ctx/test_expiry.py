"""Until when certificates and tokens are good: certificates as openssl's library makes them."""

from base64 import b64encode, urlsafe_b64encode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from kubectl_ctx.expiry import authority_expiry, certificate_expiry, expiry_of, token_expiry
from kubectl_fieldkit.kubeconfig.model import Cluster, ExecPlugin, User
from tests.kubectl_ctx.credentials import certificate, token
from tests.lab.certificates import Authority
from tests.seeds import cases, rng

BEGIN, END = b"-----BEGIN CERTIFICATE-----\n", b"\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(
    "until",
    [
        datetime(1950, 1, 2, 3, 4, 5, tzinfo=UTC),  # UTCTime
        datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2026, 2, 28, tzinfo=UTC),
        datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2050, 1, 1, tzinfo=UTC),  # GeneralizedTime
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
)
def test_a_certificate(until: datetime) -> None:
    """In both of the forms that RFC 5280 has for a moment."""
    assert certificate_expiry(certificate(until)) == until


def test_the_labs_certificates() -> None:
    """With extensions and a long serial number: what the library reads."""
    authority = Authority()
    for pem in (authority.pem, authority.issue_client("me", expired=True)[0]):
        assert certificate_expiry(pem) == x509.load_pem_x509_certificate(pem).not_valid_after_utc


def test_a_certificate_without_a_version() -> None:
    """X.509 v1 has no such field: the validity is one place earlier."""
    whole = x509.load_pem_x509_certificate(certificate(datetime(2030, 5, 6, tzinfo=UTC)))
    signed = whole.tbs_certificate_bytes
    signature = whole.public_bytes(serialization.Encoding.DER).partition(signed)[2]
    fields = signed.partition(b"\xa0\x03\x02\x01\x02")[2]
    old = _sequence(_sequence(fields) + signature)
    assert x509.load_der_x509_certificate(old).version == x509.Version.v1
    assert certificate_expiry(BEGIN + b64encode(old) + END) == datetime(2030, 5, 6, tzinfo=UTC)


def _sequence(content: bytes) -> bytes:
    size = 1 if len(content) < 256 else 2
    return bytes([0x30, 0x80 + size]) + len(content).to_bytes(size, "big") + content


def test_several_certificates() -> None:
    """Of a client the first counts, which is its own; of authorities one that is good is enough."""
    first, second = datetime(2030, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
    both = b"# a comment\n" + certificate(first) + certificate(second)
    assert certificate_expiry(both) == first
    assert authority_expiry(Cluster(certificate_authority_data=both)) is None
    assert authority_expiry(Cluster(certificate_authority_data=certificate(second))) == second


def test_what_is_no_certificate() -> None:
    """Says nothing: empty, cut, not base64, not DER, a key."""
    pem = certificate(datetime(2030, 1, 1, tzinfo=UTC))
    key = pem.replace(b"CERTIFICATE", b"PRIVATE KEY")
    broken = [b"", b"text", key, BEGIN + END, BEGIN + b"!!!" + END, BEGIN + b"AAAA" + END]
    broken += [BEGIN + b64encode(der) + END for der in (b"\x30", b"\x30\x84", b"\x30\x80\x00\x00")]
    assert [certificate_expiry(each) for each in broken] == [None] * len(broken)


def test_broken_der_is_no_crash() -> None:
    """Wherever it is cut and whichever byte is wrong: a moment, or none."""
    random = rng("broken DER")
    der = x509.load_pem_x509_certificate(
        certificate(datetime(2030, 1, 1, tzinfo=UTC))
    ).public_bytes(serialization.Encoding.DER)
    for _ in range(cases(500)):
        at = random.randrange(len(der))
        changed = der[:at] + bytes([random.randrange(256)]) + der[at + 1 :]
        for broken in (changed, der[:at]):
            said = certificate_expiry(BEGIN + b64encode(broken) + END)
            assert said is None or said.tzinfo is UTC


def test_a_token() -> None:
    """A JSON web token's own `exp`."""
    assert token_expiry(token({"exp": 1893456000})) == datetime(2030, 1, 1, tzinfo=UTC)
    assert token_expiry(token({"exp": 1893456000.5})) == datetime(2030, 1, 1, 0, 0, 0, 500000, UTC)
    assert token_expiry(f" {token({'exp': 0})}\n") == datetime(1970, 1, 1, tzinfo=UTC)


def test_what_is_no_web_token() -> None:
    """Says nothing, and breaks nothing."""
    deep = urlsafe_b64encode(b'{"a":' + b"[" * 100_000).decode()
    tokens = ["", "abcdef.0123456789abcdef", "a.b.c", "..", "e30.e30.e30", "ä.ö.ü", f"a.{deep}.c"]
    claims: list[object] = [[], {}, {"exp": None}, {"exp": "1"}, {"exp": True}, {"exp": 1e300}, 1]
    tokens += [token(each) for each in claims]
    assert [token_expiry(token) for token in tokens] == [None] * len(tokens)


def test_what_counts_of_a_user(tmp_path: Path) -> None:
    """A plugin before all else, then the token, then the certificate; from files as well."""
    until, other = datetime(2030, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
    web, pem = token({"exp": until.timestamp()}), certificate(other)
    (tmp_path / "token").write_text(web + "\n")
    (tmp_path / "crt").write_bytes(pem)
    from_file = User(token_file=str(tmp_path / "token"), token="other")
    assert expiry_of(User(exec=ExecPlugin("v1", "x"), token=web)) == (None, "exec plugin")
    assert expiry_of(User(token=web, client_certificate_data=pem)) == (until, "token")
    assert expiry_of(from_file) == (until, "token")
    assert expiry_of(User(client_certificate_data=pem)) == (other, "certificate")
    assert expiry_of(User(client_certificate=str(tmp_path / "crt"))) == (other, "certificate")
    assert expiry_of(User(client_certificate=str(tmp_path / "gone"))) == (None, "")
    assert expiry_of(User(username="me", password="x")) == (None, "")

"""Certificates and tokens that are good until a moment of the test's choice."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from tests.lab.certificates import new_key

NAME = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "someone")])


def certificate(until: datetime) -> bytes:
    """A certificate that signs itself, in PEM."""
    key = new_key()
    return (
        x509.CertificateBuilder()
        .issuer_name(NAME)
        .subject_name(NAME)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(min(until, datetime(2000, 1, 1, tzinfo=UTC)) - timedelta(days=1))
        .not_valid_after(until)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )


def token(claims: object) -> str:
    """A JSON web token with these claims; nobody signed it."""
    body = urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{body}.c2ln"

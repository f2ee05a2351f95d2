"""The lab's own certificate authority."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SERVER_NAMES = ("localhost", "kubernetes.default.svc", "lab.fieldkit.test")
SERVER_ADDRESSES = ("127.0.0.1", "10.96.0.1")
_USES = [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]


class Authority:
    """Signs the server's certificate and its clients'; `pem` is what they trust."""

    def __init__(self) -> None:
        self._key = new_key()
        self._name = _name("fieldkit-lab-ca")
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        builder = self._builder(self._name, self._key, expired=False)
        builder = builder.add_extension(constraints, critical=True)
        self.pem = _pem(builder.sign(self._key, hashes.SHA256()))

    def issue_client(
        self, user: str, groups: Sequence[str] = (), *, expired: bool = False
    ) -> tuple[bytes, bytes]:
        """A client's certificate and key in PEM."""
        return self._issue(_name(user, *groups), [], expired=expired)

    def issue_server(self) -> tuple[bytes, bytes]:
        """The API server's certificate and key in PEM, for every name that a test calls it by."""
        names: list[x509.GeneralName] = [x509.DNSName(name) for name in SERVER_NAMES]
        names += [x509.IPAddress(ip_address(address)) for address in SERVER_ADDRESSES]
        return self._issue(_name("kube-apiserver"), names, expired=False)

    def _issue(
        self, subject: x509.Name, names: list[x509.GeneralName], *, expired: bool
    ) -> tuple[bytes, bytes]:
        key = new_key()
        builder = self._builder(subject, key, expired=expired)
        builder = builder.add_extension(x509.ExtendedKeyUsage(_USES), critical=False)
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return _pem(builder.sign(self._key, hashes.SHA256())), key_pem(key)

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, *, expired: bool
    ) -> x509.CertificateBuilder:
        now, day = datetime.now(UTC), timedelta(days=1)
        return (
            x509.CertificateBuilder()
            .issuer_name(self._name)
            .subject_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 2 * day)
            .not_valid_after(now - day if expired else now + 30 * day)
        )


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh private key."""
    return ec.generate_private_key(ec.SECP256R1())


def key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A private key as the Go programs read it."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )


def _name(user: str, *groups: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, group) for group in groups]
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, user)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)

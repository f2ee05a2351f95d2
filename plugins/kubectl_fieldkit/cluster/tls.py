"""How the server proves who it is, and how we do: TLS contexts out of a kubeconfig."""

import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from kubectl_fieldkit.errors import CredentialsError, KubeconfigError
from kubectl_fieldkit.kubeconfig.credentials import Credentials
from kubectl_fieldkit.kubeconfig.load import read_bytes
from kubectl_fieldkit.kubeconfig.model import Cluster

# Go's crypto/x509/root_linux.go: a frozen binary's own default is the path of the machine it was built on.
SYSTEM_AUTHORITIES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def server_context(
    cluster: Cluster, credentials: Credentials, environ: Mapping[str, str]
) -> ssl.SSLContext:
    """The context for the API server: its authority, and the client certificate if there is one."""
    context = _context(cluster)
    if cluster.certificate_authority_data or cluster.certificate_authority:
        _trust(context, cluster)
    elif not cluster.insecure_skip_tls_verify:
        _trust_system(context, environ)
    _identify(context, credentials)
    return context


def proxy_context(cluster: Cluster, environ: Mapping[str, str]) -> ssl.SSLContext:
    """The context for an https proxy: the cluster's authority, as in Go, and the machine's as well."""
    context = _context(cluster)
    if cluster.certificate_authority_data or cluster.certificate_authority:
        _trust(context, cluster)
    _trust_system(context, environ)
    return context


def _context(cluster: Cluster) -> ssl.SSLContext:
    """TLS 1.2 or later, and what Go trusts: any certificate of the authorities is a root to it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.hostname_checks_common_name = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.set_alpn_protocols(["http/1.1"])
    if cluster.insecure_skip_tls_verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _trust(context: ssl.SSLContext, cluster: Cluster) -> None:
    """The kubeconfig's authority; its data beat its file, as in client-go's rest.TLSConfigFor."""
    data, path = cluster.certificate_authority_data, cluster.certificate_authority
    origin = "certificate-authority-data" if data else f'certificate-authority "{path}"'
    try:
        pem = (data or read_bytes(path)).decode("ascii", "replace")
        context.load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError) as err:  # ValueError: an empty file
        hint = "it should hold PEM certificates"
        raise KubeconfigError(f"{origin} holds no certificate that can be read", hint) from err
    except OSError as err:
        raise KubeconfigError(
            f"unable to read {origin}: {os.strerror(err.errno or 0).lower()}"
        ) from err


def _trust_system(context: ssl.SSLContext, environ: Mapping[str, str]) -> None:
    given = environ.get("SSL_CERT_FILE"), environ.get("SSL_CERT_DIR")
    file = given[0] or next((path for path in SYSTEM_AUTHORITIES if os.access(path, os.R_OK)), None)
    if file is None and given[1] is None:
        context.load_default_certs()
        return
    try:
        context.load_verify_locations(file, given[1])
    except OSError as err:
        raise KubeconfigError(f'no certificates could be read from "{file}"') from err


def _identify(context: ssl.SSLContext, credentials: Credentials) -> None:
    if credentials.certificate or credentials.key:
        with _private_file(credentials.certificate + b"\n" + credentials.key) as path:
            _load(context, path, None, "the inline client certificate and key")
    elif credentials.certificate_file or credentials.key_file:
        origin = (
            f'client certificate "{credentials.certificate_file}" and key "{credentials.key_file}"'
        )
        _load(context, credentials.certificate_file, credentials.key_file, origin)


def _load(context: ssl.SSLContext, certificate: str, key: str | None, origin: str) -> None:
    def refuse() -> str:
        hint = "kubectl does not read encrypted keys either: decrypt it with openssl pkey"
        raise CredentialsError("the client key is encrypted", hint)

    try:
        context.load_cert_chain(certificate, key, password=refuse)
    except ssl.SSLError as err:
        fault = "do not belong together" if "MISMATCH" in str(err.reason) else "are no PEM pair"
        raise CredentialsError(f"{origin} {fault}") from err
    except OSError as err:
        raise CredentialsError(
            f"unable to read {origin}: {os.strerror(err.errno or 0).lower()}"
        ) from err


@contextmanager
def _private_file(content: bytes) -> Iterator[str]:
    """A path that OpenSSL can read the content from: in memory on Linux, else gone after use."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("client-certificate")
        try:
            os.write(descriptor, content)
            yield f"/proc/self/fd/{descriptor}"
        finally:
            os.close(descriptor)
        return
    import tempfile

    with tempfile.TemporaryDirectory() as folder:  # 0700
        path = f"{folder}/certificate"  # closed before it is read: Windows opens no file twice
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(content)
        yield path

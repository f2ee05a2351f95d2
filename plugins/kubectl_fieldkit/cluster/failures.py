"""The words of every failure to reach a server: kubectl's where it has good ones, and a hint."""

import os
import socket
import ssl

from kubectl_fieldkit.cluster.address import Address
from kubectl_fieldkit.cluster.http1 import LONGEST_WAIT, NotHttp, Response, Truncated
from kubectl_fieldkit.cluster.proxy import Proxy
from kubectl_fieldkit.errors import ConnectionFailed

SILENT = "timed out waiting for an answer"
VPN = "is this machine in the cluster's network or its VPN?"
UNTRUSTED = "certificate-authority should be the cluster's own; fetch the kubeconfig again"

# OpenSSL's X509_V_ERR_* numbers, in Go's words.
VERIFICATION = {
    7: ("certificate signed by unknown authority", UNTRUSTED),  # of a cluster made anew, say
    9: ("certificate has expired or is not yet valid", "is this machine's clock right?"),
    10: ("certificate has expired or is not yet valid", "the cluster's owner has to renew it"),
    18: ("certificate signed by unknown authority", UNTRUSTED),
    19: ("certificate signed by unknown authority", UNTRUSTED),
    20: ("certificate signed by unknown authority", UNTRUSTED),
    21: ("certificate signed by unknown authority", UNTRUSTED),
}
OTHER_NAME = {62, 64}  # a host name or an address that the certificate does not list


def dial_failed(err: OSError, address: Address) -> ConnectionFailed:
    """No TCP connection to the server itself."""
    if isinstance(err, ConnectionRefusedError):
        message = f"The connection to the server {address.authority} was refused"
        return ConnectionFailed(
            f"{message} - did you specify the right host or port?", complete=True
        )
    hint = "is the server's name right?" if isinstance(err, socket.gaierror) else VPN
    return ConnectionFailed(_dial_words(err, address.host, address.target), hint)


def proxy_failed(err: Exception, proxy: Proxy) -> ConnectionFailed:
    """The proxy cannot be reached, or breaks off."""
    hint = f"it comes from {proxy.origin}"
    if isinstance(err, ssl.SSLError):
        words = _tls_words(err, proxy.host)[0]
    elif isinstance(err, OSError):
        words = _dial_words(err, proxy.host, proxy.target)
    else:
        words = str(err)
    return ConnectionFailed(f'proxy "{proxy.target}": {words}', hint)


def proxy_refused(answer: Response, proxy: Proxy) -> ConnectionFailed:
    """The proxy's own answer in place of a tunnel."""
    hint = f"it comes from {proxy.origin}"
    if answer.status == 407:
        hint = f"put USER:PASSWORD@ before the host in {proxy.origin}"
    return ConnectionFailed(f'proxy "{proxy.target}": {answer.status} {answer.reason}', hint)


def handshake_failed(err: Exception, name: str, address: Address) -> ConnectionFailed:
    """TCP works, TLS does not."""
    if isinstance(err, TimeoutError):
        return ConnectionFailed("net/http: TLS handshake timeout", VPN, transient=True)
    if isinstance(err, ssl.SSLError) and not isinstance(err, ssl.SSLEOFError):
        return ConnectionFailed(*_tls_words(err, name))
    hint = f"is {address.target} an API server?"
    return ConnectionFailed(f"{address.target} hung up on a TLS handshake", hint, transient=True)


def exchange_failed(err: Exception, address: Address) -> ConnectionFailed:
    """The connection was there, the response is not."""
    if isinstance(err, TimeoutError):
        hint = f"the bounds are --request-timeout and {LONGEST_WAIT:.0f} seconds of silence"
        return ConnectionFailed(SILENT, hint)
    if isinstance(err, NotHttp):
        hint = f"is {address.target} an API server?"
        return ConnectionFailed(f"malformed HTTP response: {err}", hint)
    if isinstance(err, ssl.SSLError) and not isinstance(err, ssl.SSLEOFError):
        return ConnectionFailed(*_tls_words(err, address.host))
    what = "half way" if isinstance(err, Truncated) and not err.silent else "without an answer"
    hint = "something between here and the server cuts connections"
    return ConnectionFailed(f"the connection was closed {what}", hint, transient=True)


def _dial_words(err: OSError, host: str, target: str) -> str:
    if isinstance(err, socket.gaierror):
        unknown = err.errno in {socket.EAI_NONAME, socket.EAI_NODATA}
        return f"dial tcp: lookup {host}: {'no such host' if unknown else 'no answer from DNS'}"
    if isinstance(err, TimeoutError):
        return f"dial tcp {target}: i/o timeout"
    words = os.strerror(err.errno).lower() if err.errno else str(err)
    return f"dial tcp {target}: connect: {words}"


def _tls_words(err: ssl.SSLError, name: str) -> tuple[str, str]:
    if isinstance(err, ssl.SSLCertVerificationError):
        if err.verify_code in OTHER_NAME:
            words = f'certificate is not valid for "{name}"'
            hint = "tls-server-name can say a name that it is valid for"
        else:
            words, hint = VERIFICATION.get(err.verify_code, (err.verify_message, UNTRUSTED))
        return f"tls: failed to verify certificate: x509: {words}", hint
    reason = (err.reason or str(err)).replace("_", " ").lower()
    if "alert" in reason and ("certificate" in reason or "unknown ca" in reason):
        alert = reason.partition("alert ")[2]
        return f"remote error: tls: {alert}", "the server does not take this client certificate"
    if "wrong version number" in reason or "http request" in reason:
        return (
            "http: server gave HTTP response to HTTPS client",
            "is it a plain-http port? then the server is http://HOST:PORT",
        )
    return f"tls: {reason}", ""

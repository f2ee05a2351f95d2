"""Why a way failed, in words that an operator can act on: each cause has its own."""

import re

from kubectl_fieldkit.cluster.failures import SILENT
from kubectl_fieldkit.cluster.port_forward import NotForwarded
from kubectl_fieldkit.errors import ConnectionFailed, FieldkitError, ServerError
from kubectl_proxy_mode.evidence import Target

RBAC = "docs/rbac/proxy-mode.yaml grants it"
RBAC_CREATE = f"from Kubernetes 1.35 on a port-forward needs get and create; {RBAC}"
OPTIONAL = "only needed where a port-forward does not work: see docs/rbac/proxy-mode.yaml"
LOOPBACK = "metricsBindAddress is 127.0.0.1 unless it is set"
OTHER_PORT = "metricsBindAddress is off or another, or kube-proxy is just starting"
KUBELET = "is the node up, and may the API server reach port 10250 on it?"
SLOW = "the node or its kube-proxy is slow or hangs; --request-timeout gives it longer"
GONE = "it was replaced while we asked: ask again"

_VERB = re.compile(r'cannot (\w+) resource "([\w./-]+)"')
_UNREACHED = ("error dialing backend", "No agent available", "/containerLogs/")
_NO_ANSWER = ("i/o timeout", "deadline exceeded", "TLS handshake timeout", "no route to host")


def forbidden(verb: str, resource: str, namespace: str) -> tuple[str, str]:
    """The right that is missing, and what grants it."""
    where = f' in namespace "{namespace}"' if namespace else ""
    hint = OPTIONAL
    if resource == "pods/portforward":
        hint = RBAC_CREATE if verb == "create" else RBAC
    return f"not allowed to {verb} {resource}{where}", hint


def reason(err: FieldkitError, target: Target, timeout: float) -> tuple[str, str]:
    """The failure and its hint."""
    match err:
        case NotForwarded():
            return _not_forwarded(err.message, target)
        case ServerError(code=403):
            return _forbidden(err, target)
        case ServerError(code=404):
            return f'pod "{target.pod}" is no longer there', GONE
        case ServerError():
            return _server_error(err, target)
        case ConnectionFailed() if err.message == SILENT:
            return f"no answer within {timeout:g} s", SLOW
    return err.message, err.hint


def _not_forwarded(message: str, target: Target) -> tuple[str, str]:
    if "connection refused" in message:
        return f"nothing listens on port {target.port}: {OTHER_PORT}", ""
    if "is not running" in message or "pod not found" in message:
        return f'pod "{target.pod}" is not running', GONE
    return f"the kubelet could not forward port {target.port}: {_last(message)}", ""


def _forbidden(err: ServerError, target: Target) -> tuple[str, str]:
    if found := _VERB.search(err.message):
        verb, resource = found.groups()
        return forbidden(verb, resource, "" if resource.startswith("nodes") else target.namespace)
    return err.message, RBAC


def _server_error(err: ServerError, target: Target) -> tuple[str, str]:
    if any(words in err.message for words in _UNREACHED):
        return (
            f'the API server does not reach the kubelet of node "{target.node}": {_last(err.message)}',
            KUBELET,
        )
    if "connection refused" in err.message:
        return f"nothing listens on port {target.port} of the pod's address: {LOOPBACK}", ""
    if any(words in err.message for words in _NO_ANSWER):
        return (
            f"the API server gets no answer from port {target.port} of the pod's address",
            LOOPBACK,
        )
    return err.message, err.hint


def _last(message: str) -> str:
    """The cause at the end of Go's chain of errors."""
    return message if len(message) <= 200 else f"…{message[-200:]}"

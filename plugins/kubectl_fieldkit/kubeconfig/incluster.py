"""A pod's own way to its API server: client-go's rest/config.go and tools/clientcmd/client_config.go."""

import os
from collections.abc import Mapping
from pathlib import Path

from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User

FOLDER = Path("/var/run/secrets/kubernetes.io/serviceaccount")
TOKEN = FOLDER / "token"
AUTHORITY = FOLDER / "ca.crt"
NAMESPACE = FOLDER / "namespace"


def in_pod(environ: Mapping[str, str]) -> bool:
    """Whether this is a pod with a service account."""
    host, port = environ.get("KUBERNETES_SERVICE_HOST"), environ.get("KUBERNETES_SERVICE_PORT")
    return bool(host and port) and TOKEN.is_file()


def pod_access(flags: ConnectionFlags, environ: Mapping[str, str]) -> Access:
    """The access of the pod's service account; only token, authority and namespace can be overridden."""
    host, port = environ["KUBERNETES_SERVICE_HOST"], environ["KUBERNETES_SERVICE_PORT"]
    authority = str(AUTHORITY) if os.access(AUTHORITY, os.R_OK) else ""
    cluster = Cluster(
        server=f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}",
        certificate_authority=flags.certificate_authority or authority,
    )
    user = User(token=flags.token) if flags.token else User(token_file=str(TOKEN))
    return Access(cluster, user, namespace=flags.namespace or pod_namespace(environ))


def pod_namespace(environ: Mapping[str, str]) -> str:
    """The namespace that the pod runs in."""
    if named := environ.get("POD_NAMESPACE"):
        return named
    try:
        return NAMESPACE.read_text(encoding="utf-8").strip() or "default"
    except OSError:
        return "default"

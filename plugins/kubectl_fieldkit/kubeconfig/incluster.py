"""A pod's own way to its API server: client-go's rest/config.go and tools/clientcmd/client_config.go."""

import os
from collections.abc import Mapping

from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.load import read_bytes
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User

FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount"
TOKEN = f"{FOLDER}/token"
AUTHORITY = f"{FOLDER}/ca.crt"
NAMESPACE = f"{FOLDER}/namespace"


def in_pod(environ: Mapping[str, str]) -> bool:
    """Whether this is a pod with a service account."""
    host, port = environ.get("KUBERNETES_SERVICE_HOST"), environ.get("KUBERNETES_SERVICE_PORT")
    return bool(host and port) and os.path.isfile(TOKEN)  # noqa: PTH113


def pod_access(flags: ConnectionFlags, environ: Mapping[str, str]) -> Access:
    """The access of the pod's service account; only token, authority and namespace can be overridden."""
    host, port = environ["KUBERNETES_SERVICE_HOST"], environ["KUBERNETES_SERVICE_PORT"]
    authority = AUTHORITY if os.access(AUTHORITY, os.R_OK) else ""
    cluster = Cluster(
        server=f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}",
        certificate_authority=flags.certificate_authority or authority,
    )
    user = User(token=flags.token) if flags.token else User(token_file=TOKEN)
    return Access(cluster, user, namespace=flags.namespace or pod_namespace(environ))


def pod_namespace(environ: Mapping[str, str]) -> str:
    """The namespace that the pod runs in."""
    if named := environ.get("POD_NAMESPACE"):
        return named
    try:
        return read_bytes(NAMESPACE).decode().strip() or "default"
    except OSError:
        return "default"

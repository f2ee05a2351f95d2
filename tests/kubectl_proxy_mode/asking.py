"""Kube-proxies as targets, and a round of questions to them as a user who has some rights and no others."""

import json
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from kubectl_fieldkit.cluster.progress import Progress
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from kubectl_fieldkit.kubeconfig.model import Access
from kubectl_proxy_mode.evidence import Probe, Target
from kubectl_proxy_mode.probing import probe
from tests.lab.kubectl import Kubectl

NAMESPACE = "kube-system"
RIGHTS = (
    ("get", "pods/portforward"),
    ("create", "pods/portforward"),
    ("get", "pods/proxy"),
    ("get", "pods/log"),
    ("get", "nodes/proxy"),
)
RBAC = "rbac.authorization.k8s.io"


def kube_proxies(kubectl: Kubectl, selector: str = "k8s-app=kube-proxy") -> list[Target]:
    """The pods as the API server lists them, those that are being deleted left out, by node."""
    listed = kubectl("get", "pods", "-n", NAMESPACE, "-l", selector, "-o", "json").stdout
    pods = [
        pod for pod in json.loads(listed)["items"] if "deletionTimestamp" not in pod["metadata"]
    ]
    return sorted((_target(pod) for pod in pods), key=lambda target: target.node)


def _target(pod: dict[str, Any]) -> Target:
    name, spec, phase = pod["metadata"]["name"], pod["spec"], pod["status"]["phase"]
    return Target(spec.get("nodeName", ""), name, NAMESPACE, phase, bool(spec.get("hostNetwork")))


def access_to(kubeconfig: Path, impersonate: str = "") -> Access:
    """The kubeconfig's access, as `--as` somebody else where one is named."""
    return find_access(ConnectionFlags(kubeconfig=str(kubeconfig), impersonate=impersonate), {})


def ask(
    access: Access,
    targets: Sequence[Target],
    *,
    timeout: float = 20.0,
    allow_nodes_proxy: bool = False,
) -> list[Probe]:
    """One round, with nothing of the environment and no terminal."""
    return probe(
        access,
        targets,
        environ={},
        progress=Progress(StringIO()),
        timeout=timeout,
        allow_nodes_proxy=allow_nodes_proxy,
    )


def allow(kubectl: Kubectl, user: str, rights: Iterable[tuple[str, str]]) -> str:
    """Grants the user these verbs and no others, and names it again."""
    rules = [{"apiGroups": [""], "resources": [what], "verbs": [verb]} for verb, what in rights]
    role = {"apiVersion": f"{RBAC}/v1", "kind": "ClusterRole", "metadata": {"name": user}}
    binding = {
        "apiVersion": f"{RBAC}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": user},
        "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": user},
        "subjects": [{"apiGroup": RBAC, "kind": "User", "name": user}],
    }
    for document in (role | {"rules": rules}, binding):
        kubectl("apply", "-f", "-", input=json.dumps(document))
    return user

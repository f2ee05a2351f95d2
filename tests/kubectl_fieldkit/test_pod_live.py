"""Inside a pod: where kubectl uses the service account, so do we, and only there."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.lab.lab import Lab

ROOT = Path(__file__).parents[2]
# A mount namespace of its own, in which only the pod's files lie under /var/run.
ENTER = """
set -e
mount -t tmpfs tmpfs /var/run
mkdir -p /var/run/secrets/kubernetes.io/serviceaccount
mount --bind "$1" /var/run/secrets/kubernetes.io/serviceaccount
shift
exec "$@"
"""
CONFIG_MAP = ("create", "configmap", "x", "--dry-run=server", "-o=jsonpath={.metadata.namespace}")


@dataclass(frozen=True, slots=True)
class Pod:
    """The files and the environment of a pod in kube-system."""

    lab: Lab
    account: Path
    environ: dict[str, str]

    def run(self, argv: Sequence[str | Path], **environ: str) -> subprocess.CompletedProcess[str]:
        """Runs a program in the pod."""
        enter = ["unshare", "--mount", "--", "sh", "-c", ENTER, "sh", str(self.account)]
        return subprocess.run(
            [*enter, *map(str, argv)],
            env=self.environ | environ,
            capture_output=True,
            text=True,
            check=False,
        )

    def kubectls(self, flags: dict[str, Any], **environ: str) -> list[Any] | None:
        """The namespace and the user of kubectl; None where it is not let in."""
        argv = [f"--{name.replace('_', '-')}={value}" for name, value in flags.items()]
        argv = [arg.replace("--impersonate=", "--as=") for arg in argv]
        kubectl = self.lab.kubectl_path
        who = self.run([kubectl, "auth", "whoami", "-o=json", *argv], **environ)
        if who.returncode:
            return None
        namespace = self.run([kubectl, *CONFIG_MAP, *argv], **environ).stdout
        return [namespace, json.loads(who.stdout)["status"]["userInfo"]]

    def ours(self, flags: dict[str, Any], **environ: str) -> list[Any] | None:
        """Our namespace and user; None where we are not let in."""
        words = [json.dumps(self.environ | environ), json.dumps(flags)]
        said = self.run(
            [sys.executable, "-m", "tests.kubectl_fieldkit.whoami", *words],
            PYTHONPATH=os.pathsep.join([str(ROOT), str(ROOT / "plugins")]),
        )
        if said.returncode:
            assert "kubectl_fieldkit.errors." in said.stderr.splitlines()[-1]
            return None
        answer: list[Any] = json.loads(said.stdout)
        return answer


@pytest.fixture
def pod(lab: Lab, tmp_path: Path) -> Pod:
    """A pod on this machine; it needs root for its mounts."""
    if os.geteuid() or not shutil.which("unshare"):
        pytest.skip("a pod's mounts need root and unshare")
    account = tmp_path / "account"
    account.mkdir()
    (account / "token").write_text(lab.token)
    (account / "namespace").write_text("kube-system\n")
    shutil.copy(lab.certificate_authority, account / "ca.crt")
    address = urlsplit(lab.server)
    environ = {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "KUBERNETES_SERVICE_HOST": str(address.hostname),
        "KUBERNETES_SERVICE_PORT": str(address.port),
    }
    return Pod(lab, account, environ)


@pytest.mark.root
@pytest.mark.parametrize(
    ("flags", "environ", "namespace"),
    [
        ({}, {}, "kube-system"),
        ({}, {"POD_NAMESPACE": "default"}, "default"),
        ({"namespace": "default"}, {"POD_NAMESPACE": "kube-public"}, "default"),
        ({"token": "wrong"}, {}, None),
        ({"certificate_authority": "/proc/version"}, {}, None),
        ({"request_timeout": 5}, {}, None),
        ({"impersonate": "somebody"}, {}, None),
        ({"server": "https://127.0.0.1:1"}, {}, None),
        ({}, {"KUBERNETES_SERVICE_PORT": ""}, None),
        ({}, {"KUBERNETES_SERVICE_HOST": ""}, None),
        ({"context": "none"}, {}, None),
    ],
)
def test_the_service_account_is_used_where_kubectl_uses_it(
    flags: dict[str, Any], environ: dict[str, str], namespace: str | None, pod: Pod
) -> None:
    """The same user in the same namespace, or no way in for either."""
    ours, theirs = pod.ours(flags, **environ), pod.kubectls(flags, **environ)
    assert (ours, ours and ours[0]) == (theirs, namespace)


@pytest.mark.root
@pytest.mark.parametrize("explicit", ["", "kube-public"])
def test_a_kubeconfig_in_a_pod_keeps_the_pods_namespace(explicit: str, pod: Pod) -> None:
    """Unless it names one itself."""
    config = {
        "clusters": [
            {"name": "k", "cluster": {"server": pod.lab.server, "insecure-skip-tls-verify": True}}
        ],
        "users": [{"name": "u", "user": {"token": pod.lab.token}}],
        "contexts": [
            {"name": "c", "context": {"cluster": "k", "user": "u", "namespace": explicit}}
        ],
        "current-context": "c",
    }
    path = pod.account.parent / "config"
    path.write_text(json.dumps(config))
    ours, theirs = (ask({}, KUBECONFIG=str(path)) for ask in (pod.ours, pod.kubectls))
    assert (ours, ours and ours[0]) == (theirs, explicit or "kube-system")


@pytest.mark.root
def test_an_ipv6_service_is_an_address_in_brackets(pod: Pod) -> None:
    """Refused, since the lab listens on IPv4 alone, but by the right address."""
    words = [json.dumps(pod.environ | {"KUBERNETES_SERVICE_HOST": "::1"}), "{}"]
    said = pod.run(
        [sys.executable, "-m", "tests.kubectl_fieldkit.whoami", *words],
        PYTHONPATH=os.pathsep.join([str(ROOT), str(ROOT / "plugins")]),
    )
    port = pod.environ["KUBERNETES_SERVICE_PORT"]
    assert f"[::1]:{port}" in said.stderr.splitlines()[-1]

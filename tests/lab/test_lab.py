"""The lab is a real Kubernetes, with the users, certificates and nodes it was told to have."""

import subprocess
from pathlib import Path

import pytest

from tests.lab.build import VERSION
from tests.lab.errors import LabError
from tests.lab.lab import Lab

NODE_READER = """
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: node-reader}
rules: [{apiGroups: [""], resources: [nodes], verbs: [get, list]}]
"""


def test_the_server_is_the_release_it_says(lab: Lab) -> None:
    """The server reports the version that it was built from."""
    assert lab.api.send("GET", "/version")["gitVersion"] == VERSION


def test_kubectl_speaks_as_admin(lab: Lab) -> None:
    """The lab's kubectl is whom everything is allowed."""
    assert lab.kubectl("auth", "can-i", "*", "*").stdout == "yes\n"


def test_a_failing_kubectl_tells_its_words(lab: Lab) -> None:
    """A command that fails unexpectedly shows what kubectl said."""
    with pytest.raises(LabError) as failure:
        lab.kubectl("get", "node", "nowhere")
    assert str(failure.value) == (
        "kubectl get node nowhere: exit code 1\n"
        'Error from server (NotFound): nodes "nowhere" not found\n'
    )


def test_a_user_may_do_what_the_manifest_says(lab: Lab) -> None:
    """A user made from a ClusterRole reads what the role names."""
    reader = {"KUBECONFIG": str(lab.user("reader", NODE_READER))}
    assert lab.kubectl("auth", "can-i", "list", "nodes", env=reader, check=False).stdout == "yes\n"


def test_a_user_may_do_no_more(lab: Lab) -> None:
    """A user made from a ClusterRole is refused everything else."""
    reader = {"KUBECONFIG": str(lab.user("reader", NODE_READER))}
    assert lab.kubectl("get", "pods", env=reader, check=False).stderr == (
        'Error from server (Forbidden): pods is forbidden: User "reader" cannot list resource '
        '"pods" in API group "" in the namespace "default"\n'
    )


def test_a_certificate_stands_for_its_user(lab: Lab, tmp_path: Path) -> None:
    """An issued certificate is its user, in its groups."""
    flags = certificate_flags(lab, tmp_path, expired=False)
    user = run_as_nobody(lab, *flags, "auth", "whoami", "-o", "jsonpath={.status.userInfo}")
    assert '"groups":["ops","system:authenticated"]' in user.stdout
    assert '"username":"ada"' in user.stdout


def test_an_expired_certificate_is_refused(lab: Lab, tmp_path: Path) -> None:
    """A certificate issued as expired opens nothing."""
    flags = certificate_flags(lab, tmp_path, expired=True)
    refused = run_as_nobody(lab, *flags, "auth", "whoami")
    assert refused.stderr == "error: You must be logged in to the server (Unauthorized)\n"


def certificate_flags(lab: Lab, folder: Path, *, expired: bool) -> tuple[str, ...]:
    """Writes a certificate for `ada` and gives the flags that use it."""
    certificate, key = folder / "ada.crt", folder / "ada.key"
    pems = lab.issue_certificate("ada", ["ops"], expired=expired)
    certificate.write_bytes(pems[0])
    key.write_bytes(pems[1])
    return (f"--client-certificate={certificate}", f"--client-key={key}")


def run_as_nobody(lab: Lab, *args: str) -> subprocess.CompletedProcess[str]:
    """Runs kubectl with no kubeconfig: the flags alone say who asks."""
    where = (f"--server={lab.server}", f"--certificate-authority={lab.certificate_authority}")
    return lab.kubectl(*where, *args, env={"KUBECONFIG": "/dev/null"}, check=False)

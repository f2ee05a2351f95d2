"""What makes a cluster or a user unusable, in the words of the lab's kubectl."""

import json
from pathlib import Path
from typing import Any

import pytest

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from tests.lab.lab import Lab

EXEC = {
    "apiVersion": "client.authentication.k8s.io/v1",
    "command": "x",
    "interactiveMode": "Never",
}
CASES: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (
        {"certificate-authority": "/dev/null", "certificate-authority-data": "Q0E="},
        {},
        "certificate-authority-data and certificate-authority are both specified for k. "
        "certificate-authority-data will override.",
    ),
    (
        {"certificate-authority": "/nowhere/ca"},
        {},
        "unable to read certificate-authority /nowhere/ca for k due to "
        "open /nowhere/ca: no such file or directory",
    ),
    (
        {},
        {"token": "t", "username": "u"},
        "more than one authentication method found for u; "
        "found [token basicAuth], only one is allowed",
    ),
    (
        {},
        {
            "client-certificate": "/dev/null",
            "client-certificate-data": "Q0E=",
            "client-key": "/dev/null",
        },
        "client-cert-data and client-cert are both specified for u. client-cert-data will override.",
    ),
    (
        {},
        {"client-certificate": "/dev/null", "client-key-data": "Q0E=", "client-key": "/dev/null"},
        "client-key-data and client-key are both specified for u; client-key-data will override",
    ),
    (
        {},
        {"client-certificate": "/dev/null"},
        "client-key-data or client-key must be specified for u "
        "to use the clientCert authentication method.",
    ),
    (
        {},
        {"exec": EXEC, "auth-provider": {"name": "gcp"}},
        "authProvider cannot be provided in combination with an exec plugin for u",
    ),
    (
        {},
        {"exec": EXEC | {"interactiveMode": "Sometimes"}},
        'invalid interactiveMode for u: "Sometimes"',
    ),
    (
        {},
        {"as-groups": ["g"]},
        "requesting uid, groups or user-extra for u without impersonating a user",
    ),
]
PURPOSE = "must be specified for u to use exec authentication plugin"
SEVERAL = [
    (
        {"client-certificate": "/nowhere/crt", "client-key": "/nowhere/key"},
        [
            "unable to read client-cert /nowhere/crt for u due to "
            "open /nowhere/crt: no such file or directory",
            "unable to read client-key /nowhere/key for u due to "
            "open /nowhere/key: no such file or directory",
        ],
    ),
    (
        {"exec": {"env": [{"value": "1"}]}},
        [
            f"command {PURPOSE}",
            f"apiVersion {PURPOSE}",
            f"env variable name {PURPOSE}",
            f"interactiveMode {PURPOSE}",
        ],
    ),
]
# client-go finds these only when it makes its transport.
LATE = [
    (
        {"insecure-skip-tls-verify": True, "certificate-authority-data": "Q0E="},
        {"token": "t"},
        "specifying a root certificates file with the insecure flag is not allowed",
    ),
    (
        {},
        {"tokenFile": "/etc/hostname", "username": "u", "password": "p"},
        "username/password or bearer token may be set, but not both",
    ),
]


def _write(folder: Path, cluster: dict[str, Any], user: dict[str, Any]) -> Path:
    path = folder / "config"
    document = {
        "clusters": [{"name": "k", "cluster": {"server": "https://127.0.0.1:1"} | cluster}],
        "users": [{"name": "u", "user": user}],
        "contexts": [{"name": "c", "context": {"cluster": "k", "user": "u"}}],
        "current-context": "c",
    }
    path.write_text(json.dumps(document))
    return path


def _refusal(path: Path) -> str:
    with pytest.raises(KubeconfigError) as caught:
        find_access(ConnectionFlags(kubeconfig=str(path)), {})
    return str(caught.value)


@pytest.mark.parametrize(("cluster", "user", "words"), [*CASES, *LATE])
def test_what_is_invalid_is_refused_in_kubectls_words(
    cluster: dict[str, Any], user: dict[str, Any], words: str, lab: Lab, tmp_path: Path
) -> None:
    """Before anything is sent."""
    path = _write(tmp_path, cluster, user)
    said = lab.kubectl("get", "--raw=/", f"--kubeconfig={path}", check=False)
    assert (said.stderr, _refusal(path)) == (f"error: {words}\n", words)


@pytest.mark.parametrize(("user", "findings"), SEVERAL)
def test_all_that_is_invalid_is_told_at_once(
    user: dict[str, Any], findings: list[str], lab: Lab, tmp_path: Path
) -> None:
    """The same findings, in the same order; kubectl's on lines, ours on one."""
    path = _write(tmp_path, {}, user)
    said = lab.kubectl("get", "--raw=/", f"--kubeconfig={path}", check=False)
    lines = "".join(f"* {finding}\n" for finding in findings)
    assert said.stderr == f"Error in configuration: \n{lines}"
    assert _refusal(path) == f"invalid configuration: [{', '.join(findings)}]"

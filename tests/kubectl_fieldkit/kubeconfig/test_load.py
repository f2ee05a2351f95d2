"""One kubeconfig file: its stanzas, its paths and the words for what is wrong with it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kubectl_fieldkit.errors import KubeconfigError
from kubectl_fieldkit.kubeconfig.load import load_file, parse, read_settled
from kubectl_fieldkit.kubeconfig.model import Cluster, Context, ExecPlugin, Kubeconfig, User

WHOLE = """
apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: k, user: u, namespace: ns}}]
clusters:
- name: k
  cluster:
    server: https://k:6443
    tls-server-name: k.example
    certificate-authority: pki/../ca.crt
    certificate-authority-data: |
      Q0
      E=
    proxy-url: http://proxy
    disable-compression: true
    extensions:
    - {name: other, extension: {a: 1}}
    - {name: client.authentication.k8s.io/exec, extension: {audience: x, none: null}}
users:
- name: u
  user:
    token: t
    tokenFile: token
    client-certificate: /abs/../crt
    client-key-data: S0VZ
    username: null
    as: a
    as-uid: "1"
    as-groups: [g, h]
    as-user-extra: {k: [v, w]}
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: bin/plugin
      args: [get, token]
      env: [{name: A, value: "1"}]
      provideClusterInfo: true
- name: empty
"""


def test_every_field_is_read(tmp_path: Path) -> None:
    """Paths are absolute, data are bytes, and each stanza knows its file."""
    path = tmp_path / "config"
    path.write_text(WHOLE)
    origin = str(path)
    plugin = ExecPlugin(
        api_version="client.authentication.k8s.io/v1beta1",
        command=str(tmp_path / "bin/plugin"),
        args=("get", "token"),
        env=(("A", "1"),),
        provide_cluster_info=True,
        interactive_mode="IfAvailable",
    )
    user = User(
        token="t",
        token_file=str(tmp_path / "token"),
        client_certificate="/abs/../crt",
        client_key_data=b"KEY",
        exec=plugin,
        impersonate="a",
        impersonate_uid="1",
        impersonate_groups=("g", "h"),
        impersonate_extra=(("k", ("v", "w")),),
        origin=origin,
    )
    cluster = Cluster(
        server="https://k:6443",
        tls_server_name="k.example",
        certificate_authority=str(tmp_path / "ca.crt"),
        certificate_authority_data=b"CA",
        proxy_url="http://proxy",
        disable_compression=True,
        exec_extension={"audience": "x", "none": None},
        origin=origin,
    )
    assert load_file(origin) == Kubeconfig(
        clusters={"k": cluster},
        users={"u": user, "empty": User(origin=origin)},
        contexts={"c": Context("k", "u", "ns", origin)},
        current_context="c",
    )


def test_secrets_stay_out_of_repr(tmp_path: Path) -> None:
    """No log or traceback shows a token, a key or a plugin's environment."""
    path = tmp_path / "config"
    path.write_text(
        "users: [{name: u, user: {token: S3CRET, password: S3CRET, client-key-data: UzNDUkVU, "
        "exec: {command: x, env: [{name: A, value: S3CRET}]}}}]"
    )
    assert "S3CRET" not in repr(load_file(str(path)))


BAD = [
    ("- x\n", "expected object, got array"),
    ("kind: Pod\napiVersion: v1\n", 'no kind "Pod" is registered for version "v1"'),
    ("apiVersion: v2\n", 'no kind "Config" is registered for version "v2"'),
    ("clusters: 5\n", "expected array, got int at clusters"),
    ("clusters: [{name: yes}]\n", "expected str, got bool at clusters[0].name"),
    (
        'clusters: [{cluster: {certificate-authority-data: "!"}}]\n',
        "illegal base64 data at clusters[0].cluster.certificate-authority-data",
    ),
    ("contexts: [{name: a}, {name: a}]\n", 'duplicate name "a" in list of contexts'),
    ("clusters: [{name: a}, {name: a}]\n", 'duplicate name "a" in list of clusters'),
    ("users: [{name: a}, {name: a}]\n", 'duplicate name "a" in list of users'),
    ('users: [{user: {tokenFile: "a\\0b"}}]\n', "a path holds a NUL character"),
    ("a: [\n", "yaml: line 1: did not find expected node content"),
    ("[" * 3000, "yaml: line 1: exceeded maximum nesting depth"),
    ("[" * 700, "exceeded max depth"),
]


@pytest.mark.parametrize(("text", "reason"), BAD)
def test_a_bad_file_is_named_with_what_is_wrong(text: str, reason: str, tmp_path: Path) -> None:
    """The file, in kubectl's words, and the place in it."""
    path = tmp_path / "config"
    path.write_text(text)
    with pytest.raises(KubeconfigError) as caught:
        load_file(str(path))
    assert str(caught.value) == f'error loading config file "{path}": {reason}'


def test_a_folder_is_no_kubeconfig(tmp_path: Path) -> None:
    """kubectl's words for a folder."""
    with pytest.raises(KubeconfigError) as caught:
        load_file(str(tmp_path))
    words = f'error loading config file "{tmp_path}": read {tmp_path}: is a directory'
    assert str(caught.value) == words


def test_a_path_through_a_file_is_no_missing_file(tmp_path: Path) -> None:
    """kubectl's words where the system says more than that nothing is there."""
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "config"
    with pytest.raises(KubeconfigError) as caught:
        load_file(str(path))
    words = f'error loading config file "{path}": open {path}: not a directory'
    assert str(caught.value) == words


def test_a_missing_file_is_the_callers_to_judge(tmp_path: Path) -> None:
    """In a list of files it may be missing."""
    with pytest.raises(FileNotFoundError):
        load_file(str(tmp_path / "none"))


GOOD = b"current-context: a"


def _successive(*contents: bytes) -> Callable[[], bytes]:
    left = iter(contents)
    return lambda: next(left)


@pytest.mark.parametrize("torn", [b"", b"current-context: [", b'{"a'])
def test_a_file_that_is_being_rewritten_is_read_once_more(torn: bytes) -> None:
    """kubectl empties a kubeconfig before it fills it: what looks torn gets a second look."""
    assert (
        read_settled(_successive(torn, GOOD), lambda data: parse(data, "config")).current_context
        == "a"
    )


def test_a_file_that_stays_empty_is_an_empty_kubeconfig() -> None:
    """`touch ~/.kube/config` is fine."""
    assert read_settled(_successive(b"", b""), lambda data: parse(data, "config")) == Kubeconfig(
        {}, {}, {}
    )


def test_relative_origins_count_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kubeconfig named by a relative path still gives absolute ones."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/config").write_text("users: [{name: u, user: {tokenFile: ../token}}]")
    monkeypatch.chdir(tmp_path)
    token_file = load_file(os.path.join("sub", "config")).users["u"].token_file  # noqa: PTH118
    assert token_file == str(tmp_path / "token")

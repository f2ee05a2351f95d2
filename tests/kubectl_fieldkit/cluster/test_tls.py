"""Who the server must prove to be, and who we are to it."""

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from kubectl_fieldkit.errors import ConnectionFailed, CredentialsError, KubeconfigError
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, User
from kubectl_fieldkit.objects.node import NODES
from kubectl_fieldkit.reading import Objects, Request
from tests.kubectl_fieldkit.cluster.certificates import self_signed
from tests.kubectl_fieldkit.cluster.conftest import Open, with_cluster, with_user
from tests.kubectl_fieldkit.cluster.listener import Listener, answer, saying
from tests.lab.lab import Lab

UNTRUSTED = "certificate-authority should be the cluster's own; fetch the kubeconfig again"
VERIFY = "Unable to connect to the server: tls: failed to verify certificate: x509: "
EMPTY = answer("200 OK", "{}")
Listen = Callable[..., Listener]


def both_fail(lab: Lab, access: Access, opened: Open) -> str:
    """Our error's line, where kubectl with the same cluster fails too."""
    cluster = access.cluster
    flags = [f"--server={cluster.server}", "--request-timeout=5s"]
    if cluster.certificate_authority:
        flags.append(f"--certificate-authority={cluster.certificate_authority}")
    assert lab.kubectl("get", "--raw", "/version", *flags, check=False).returncode == 1
    with pytest.raises(ConnectionFailed) as caught:
        opened(access).read(Request(NODES))
    return caught.value.line


def test_an_unknown_authority(lab: Lab, access: Access, opened: Open, tmp_path: Path) -> None:
    """The cluster's own authority is trusted and nobody else."""
    other, _ = self_signed(tmp_path, "127.0.0.1")
    line = both_fail(lab, with_cluster(access, certificate_authority=str(other)), opened)
    assert line == f"{VERIFY}certificate signed by unknown authority ({UNTRUSTED})"


def test_the_systems_authorities(access: Access, opened: Open) -> None:
    """Without an authority in the kubeconfig the machine's are trusted, which do not know the lab."""
    with pytest.raises(ConnectionFailed) as caught:
        opened(with_cluster(access, certificate_authority="")).read(Request(NODES))
    assert caught.value.line == f"{VERIFY}certificate signed by unknown authority ({UNTRUSTED})"


def test_the_systems_authorities_can_be_named(lab: Lab, access: Access, opened: Open) -> None:
    """SSL_CERT_FILE replaces them, as in Go."""
    environ = {"SSL_CERT_FILE": str(lab.certificate_authority)}
    server = opened(with_cluster(access, certificate_authority=""), environ=environ)
    assert isinstance(server.read(Request(NODES)), Objects)


def test_another_name(lab: Lab, opened: Open, listen: Listen, tmp_path: Path) -> None:
    """A certificate for another name is refused, unless tls-server-name says that name."""
    file, context = self_signed(tmp_path, "elsewhere.test")
    server = listen(saying(EMPTY), context)
    access = Access(Cluster(f"https://{server.authority}", str(file)), User())
    assert both_fail(lab, access, opened) == (
        f'{VERIFY}certificate is not valid for "127.0.0.1"'
        " (tls-server-name can say a name that it is valid for)"
    )
    named = with_cluster(access, tls_server_name="elsewhere.test")
    assert opened(named).read(Request(NODES)) == Objects([])


@pytest.mark.parametrize("fault", ["expired", "early"])
def test_a_certificate_out_of_time(
    lab: Lab, opened: Open, listen: Listen, tmp_path: Path, fault: str
) -> None:
    """A certificate that is no longer or not yet valid is refused."""
    file, context = self_signed(
        tmp_path, "127.0.0.1", expired=fault == "expired", early=fault == "early"
    )
    server = listen(saying(EMPTY), context)
    access = Access(Cluster(f"https://{server.authority}", str(file)), User())
    hints = {
        "expired": "the cluster's owner has to renew it",
        "early": "is this machine's clock right?",
    }
    assert both_fail(lab, access, opened) == (
        f"{VERIFY}certificate has expired or is not yet valid ({hints[fault]})"
    )


def test_verification_can_be_skipped(opened: Open, listen: Listen, tmp_path: Path) -> None:
    """insecure-skip-tls-verify takes any certificate."""
    _, context = self_signed(tmp_path, "elsewhere.test", expired=True)
    cluster = Cluster(
        f"https://{listen(saying(EMPTY), context).authority}", insecure_skip_tls_verify=True
    )
    assert opened(Access(cluster, User())).read(Request(NODES)) == Objects([])


def test_the_name_is_told_and_an_address_is_not(
    opened: Open, listen: Listen, tmp_path: Path
) -> None:
    """SNI carries tls-server-name; an IP address is never sent (RFC 6066)."""
    told: list[str | None] = []
    file, context = self_signed(tmp_path, "127.0.0.1")
    context.sni_callback = lambda _sock, name, _context: told.append(name)
    server = listen(saying(EMPTY, EMPTY), context)
    access = Access(Cluster(f"https://{server.authority}", str(file)), User())
    opened(access).read(Request(NODES))
    with pytest.raises(ConnectionFailed):
        opened(with_cluster(access, tls_server_name="elsewhere.test")).read(Request(NODES))
    assert told == [None, "elsewhere.test"]


def test_a_client_certificate_that_is_refused(
    lab: Lab, opened: Open, listen: Listen, tmp_path: Path
) -> None:
    """A server that does not take our certificate says so on the wire."""
    file, context = self_signed(tmp_path, "127.0.0.1")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(file)
    certificate, key = lab.issue_certificate("jane")
    access = Access(
        Cluster(f"https://{listen(saying(EMPTY), context).authority}", str(file)),
        User(client_certificate_data=certificate, client_key_data=key),
    )
    with pytest.raises(ConnectionFailed) as caught:
        opened(access).read(Request(NODES))
    assert caught.value.line == (
        "Unable to connect to the server: remote error: tls: unknown ca"
        " (the server does not take this client certificate)"
    )


@pytest.mark.parametrize("name", [".test", "x..test"])
def test_a_server_name_that_is_none(access: Access, opened: Open, name: str) -> None:
    """A tls-server-name that TLS cannot send is the kubeconfig's fault."""
    with pytest.raises(KubeconfigError) as caught:
        opened(with_cluster(access, tls_server_name=name)).read(Request(NODES))
    assert caught.value.line == f'error: tls-server-name "{name}" is no name of a server'


def test_inline_keys_leave_no_file(lab: Lab, access: Access, opened: Open, tmp_path: Path) -> None:
    """Inline certificates work, and no descriptor with the key stays open."""
    certificate, key = lab.issue_certificate("jane", ["system:masters"])
    user = with_user(access, token="", client_certificate_data=certificate, client_key_data=key)
    assert isinstance(opened(user).read(Request(NODES)), Objects)
    open_files = [
        str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()
    ]
    assert [name for name in open_files if "client-certificate" in name] == []


@pytest.mark.parametrize(
    ("certificate", "key", "fault"),
    [
        ("good.crt", "encrypted.key", "the client key is encrypted (kubectl does not read encrypted keys either: decrypt it with openssl pkey)"),
        ("good.crt", "other.key", 'client certificate "good.crt" and key "other.key" do not belong together'),
        ("good.crt", "good.crt", 'client certificate "good.crt" and key "good.crt" are no PEM pair'),
        ("none.crt", "good.key", 'unable to read client certificate "none.crt" and key "good.key": no such file or directory'),
    ],
)  # fmt: skip
def test_a_pair_of_files_that_is_none(
    lab: Lab,
    access: Access,
    opened: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    certificate: str,
    key: str,
    fault: str,
) -> None:
    """What is wrong with the files is said before anything is sent, and no password is asked for."""
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
    )

    from tests.lab.certificates import key_pem, new_key

    pair = lab.issue_certificate("jane")
    locked = BestAvailableEncryption(b"secret")
    (tmp_path / "good.crt").write_bytes(pair[0])
    (tmp_path / "good.key").write_bytes(pair[1])
    (tmp_path / "other.key").write_bytes(key_pem(new_key()))
    (tmp_path / "encrypted.key").write_bytes(
        new_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    )
    monkeypatch.chdir(tmp_path)
    user = with_user(access, token="", client_certificate=certificate, client_key=key)
    with pytest.raises(CredentialsError) as caught:
        opened(user).read(Request(NODES))
    assert caught.value.line == f"error: {fault}"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"certificate_authority": "/nowhere/ca.crt"}, 'unable to read certificate-authority "/nowhere/ca.crt": no such file or directory'),
        ({"certificate_authority_data": b"no PEM"}, "certificate-authority-data holds no certificate that can be read (it should hold PEM certificates)"),
    ],
)  # fmt: skip
def test_an_authority_that_is_none(
    access: Access, opened: Open, changes: dict[str, object], fault: str
) -> None:
    """An authority that cannot be read is an error of the kubeconfig."""
    with pytest.raises(KubeconfigError) as caught:
        opened(with_cluster(access, **changes)).read(Request(NODES))
    assert caught.value.line == f"error: {fault}"

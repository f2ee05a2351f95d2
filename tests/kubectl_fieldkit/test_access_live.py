"""Every kind of credential and every connection flag, live: the lab's kubectl is let in as the same user."""

import json
import os
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict

from kubectl_fieldkit.errors import CredentialsError, FieldkitError
from kubectl_fieldkit.kubeconfig.access import find_access
from kubectl_fieldkit.kubeconfig.credentials import CredentialSource
from kubectl_fieldkit.kubeconfig.flags import ConnectionFlags
from tests.kubectl_fieldkit.whoami import reads_nodes, whoami
from tests.lab.lab import Lab

ROOT = Path(__file__).parents[2]
API = "client.authentication.k8s.io"
FLAG_NAMES = {
    "impersonate": "--as",
    "impersonate_groups": "--as-group",
    "impersonate_uid": "--as-uid",
    "impersonate_extra": "--as-user-extra",
}


@dataclass(frozen=True, slots=True)
class Place:
    """What the kubeconfigs of this module are made of."""

    lab: Lab
    folder: Path

    def file(self, name: str, content: bytes | str) -> str:
        """A file of this content."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def script(self, name: str, text: str) -> str:
        """A program."""
        path = self.file(name, f"#!/bin/sh\n{text}\n")
        Path(path).chmod(0o755)
        return path

    @property
    def authority(self) -> str:
        """The right CA, inline."""
        return b64encode(self.lab.certificate_authority.read_bytes()).decode()

    def kubeconfig(self, user: Mapping[str, Any], cluster: Mapping[str, Any] | None = None) -> str:
        """A kubeconfig with one context for this user, and a second one for a wrong token."""
        right = {"server": self.lab.server, "certificate-authority-data": self.authority}
        clusters = {
            "right": right if cluster is None else cluster,
            "dead": {"server": "https://127.0.0.1:1"},
        }
        users = {"asked": user, "wrong": {"token": "wrong"}}
        contexts = {
            "right": {"cluster": "right", "user": "asked"},
            "wrong": {"cluster": "right", "user": "wrong"},
        }
        document = {
            "clusters": [{"name": name, "cluster": one} for name, one in clusters.items()],
            "users": [{"name": name, "user": one} for name, one in users.items()],
            "contexts": [{"name": name, "context": one} for name, one in contexts.items()],
            "current-context": "right",
        }
        return self.file("config", json.dumps(document))


@pytest.fixture
def place(lab: Lab, tmp_path: Path) -> Place:
    """The lab and a folder."""
    return Place(lab, tmp_path)


def _argv(flags: ConnectionFlags) -> list[str]:
    """The flags as kubectl's command line spells them."""
    argv: list[str] = []
    for field, value in asdict(flags).items():
        name = FLAG_NAMES.get(field, "--" + field.replace("_", "-"))
        values = value if isinstance(value, tuple) else (value,) if value else ()
        shown = {True: "true"}
        argv += [
            f"{name}={shown.get(item, item) if isinstance(item, bool) else item}" for item in values
        ]
    return argv


def _kubectls_user(place: Place, flags: ConnectionFlags, kubeconfig: str) -> dict[str, Any] | None:
    env = {"KUBECONFIG": kubeconfig}
    said = place.lab.kubectl("auth", "whoami", "-o=json", *_argv(flags), check=False, env=env)
    if said.returncode:
        return None
    info = json.loads(said.stdout)["status"]["userInfo"]
    assert isinstance(info, dict)
    return info


def _our_user(place: Place, flags: ConnectionFlags, kubeconfig: str) -> dict[str, Any] | None:
    environ = place.lab.environ | {"KUBECONFIG": kubeconfig}
    with suppress(FieldkitError):
        return whoami(find_access(flags, environ), environ)
    return None


def _compare(place: Place, kubeconfig: str, flags: ConnectionFlags, name: str | None) -> None:
    """The same user for both, of this name; None where neither is let in."""
    ours, theirs = _our_user(place, flags, kubeconfig), _kubectls_user(place, flags, kubeconfig)
    for user in (ours, theirs):
        (user or {}).get("extra", {}).pop("authentication.kubernetes.io/credential-id", None)
    assert (ours, (ours or {}).get("username")) == (theirs, name)


def _pair(place: Place, user: str) -> tuple[bytes, bytes]:
    return place.lab.issue_certificate(user, ["system:masters"])


def _exec(command: str, **changed: Any) -> dict[str, Any]:
    plugin = {"apiVersion": f"{API}/v1", "command": command, "interactiveMode": "Never"}
    return {"exec": plugin | changed}


def _credential(version: str = "v1", **status: str) -> str:
    answer = {"apiVersion": f"{API}/{version}", "kind": "ExecCredential", "status": status}
    return f"cat <<'END'\n{json.dumps(answer)}\nEND"


def _token(place: Place) -> dict[str, Any]:
    return {"token": place.lab.token}


def _token_file(place: Place) -> dict[str, Any]:
    place.file("token", f"\n {place.lab.token}\n")
    return {"tokenFile": "token"}


def _certificate_files(place: Place) -> dict[str, Any]:
    certificate, key = _pair(place, "filed")
    place.file("crt", certificate)
    return {"client-certificate": "crt", "client-key": place.file("key", key)}


def _inline(place: Place) -> dict[str, Any]:
    certificate, key = (b64encode(pem).decode() for pem in _pair(place, "inline"))
    return {"client-certificate-data": certificate, "client-key-data": key}


def _half_inline(place: Place) -> dict[str, Any]:
    certificate, key = _pair(place, "half")
    data = b64encode(certificate).decode()
    return {"client-certificate-data": data, "client-key": place.file("key", key)}


def _certificate_and_token(place: Place) -> dict[str, Any]:
    return _inline(place) | {"token": "wrong"}


def _expired(place: Place) -> dict[str, Any]:
    certificate, key = place.lab.issue_certificate("late", expired=True)
    return {
        "client-certificate": place.file("crt", certificate),
        "client-key": place.file("key", key),
    }


def _plugin_token(place: Place) -> dict[str, Any]:
    place.script("plugin", _credential(token=place.lab.token))
    return _exec("./plugin")


def _plugin_certificate(place: Place) -> dict[str, Any]:
    certificate, key = (pem.decode() for pem in _pair(place, "plugged"))
    return _exec(
        place.script("plugin", _credential(clientCertificateData=certificate, clientKeyData=key))
    )


def _plugin_v1beta1(place: Place) -> dict[str, Any]:
    script = place.script("plugin", _credential("v1beta1", token=place.lab.token))
    return {"exec": {"apiVersion": f"{API}/v1beta1", "command": script}}


def _plugin_yaml(place: Place) -> dict[str, Any]:
    answer = f"""apiVersion: {API}/v1
kind: ExecCredential
status: {{token: {place.lab.token!r}, expirationTimestamp: ~}}"""
    return _exec(place.script("plugin", f"cat <<'END'\n{answer}\nEND"))


def _plugin_environment(place: Place) -> dict[str, Any]:
    """A plugin that gives its token only if it was asked in the right way."""
    asked = _credential(token=place.lab.token)
    script = f"""case "$1:$KEY:$KUBERNETES_EXEC_INFO" in
    get:value:*'"server":"{place.lab.server}"'*) {asked}
    ;; esac"""
    env = [{"name": "KEY", "value": "value"}]
    return _exec(place.script("plugin", script), args=["get"], env=env, provideClusterInfo=True)


def _second_try(place: Place) -> dict[str, Any]:
    """A plugin whose first token has been revoked."""
    script = f"""if [ -e {place.folder}/ran ]; then {_credential(token=place.lab.token)}
    else touch {place.folder}/ran; {_credential(token="revoked")}
    fi"""
    return _exec(place.script("plugin", script))


def _impersonating(place: Place) -> dict[str, Any]:
    return _token(place) | {
        "as": "somebody",
        "as-uid": "7",
        "as-groups": ["g", "h"],
        "as-user-extra": {"k": ["v", "w"], "example.org/scopes": ["a"]},
    }


UserOf = Callable[[Place], dict[str, Any]]


@pytest.mark.parametrize(
    ("user", "name"),
    [
        (_token, "admin"),
        (_token_file, "admin"),
        (_certificate_files, "filed"),
        (_inline, "inline"),
        (_half_inline, "half"),
        (_certificate_and_token, "inline"),
        (_plugin_token, "admin"),
        (_plugin_certificate, "plugged"),
        (_plugin_v1beta1, "admin"),
        (_plugin_environment, "admin"),
        (_impersonating, "somebody"),
        (_plugin_yaml, "admin"),
        (lambda place: {"token": "wrong"}, None),
        (lambda place: {"tokenFile": "/nowhere/token"}, None),
        (lambda place: _token(place) | _exec("/nowhere/plugin"), "admin"),
        (lambda place: _token_file(place) | {"token": "wrong"}, "admin"),
        (lambda place: _exec("no-such-plugin"), None),
        (lambda place: {"username": "u", "password": "p"}, None),
        (_expired, None),
    ],
)
def test_each_kind_of_credential(user: UserOf, name: str | None, place: Place) -> None:
    """The server takes us for the same user as kubectl, or for nobody at all."""
    _compare(place, place.kubeconfig(user(place)), ConnectionFlags(), name)


WRONG_TOKEN = ConnectionFlags(token="wrong")


@pytest.mark.parametrize(
    ("user", "flags", "name"),
    [
        (_token, WRONG_TOKEN, None),
        (_token_file, WRONG_TOKEN, "admin"),
        (_plugin_token, WRONG_TOKEN, None),
        (_certificate_files, WRONG_TOKEN, "filed"),
        (_token, ConnectionFlags(context="wrong"), None),
        (_token, ConnectionFlags(context="wrong", user="asked"), "admin"),
        (_token, ConnectionFlags(user="wrong"), None),
        (_token, ConnectionFlags(cluster="dead"), None),
        (_token, ConnectionFlags(cluster="none"), None),
        (_token, ConnectionFlags(server="https://127.0.0.1:1"), None),
        (_token, ConnectionFlags(namespace="x", request_timeout=30), "admin"),
        (_token, ConnectionFlags(insecure_skip_tls_verify=True), "admin"),
        (_token, ConnectionFlags(tls_server_name="localhost"), "admin"),
        (_token, ConnectionFlags(tls_server_name="wrong.example"), None),
        (_token, ConnectionFlags(kubeconfig="/nowhere/config"), None),
        (_token, ConnectionFlags(impersonate="a"), "a"),
        (
            _token,
            ConnectionFlags(
                impersonate="a",
                impersonate_groups=("g", "h"),
                impersonate_uid="7",
                impersonate_extra=("k=v", "k=w", "Scopes/x=y=z"),
            ),
            "a",
        ),
        (_impersonating, ConnectionFlags(impersonate="b", impersonate_extra=("k=x",)), "b"),
        (_token, ConnectionFlags(impersonate_groups=("g",)), None),
    ],
)
def test_each_connection_flag(
    user: UserOf, flags: ConnectionFlags, name: str | None, place: Place
) -> None:
    """With the flags we are the user that kubectl is with them."""
    _compare(place, place.kubeconfig(user(place)), flags, name)


@pytest.mark.parametrize("right", [True, False])
def test_the_authority_flag(right: bool, place: Place) -> None:
    """It replaces the kubeconfig's, be that right or wrong."""
    other = place.file("other.crt", _pair(place, "other")[0])
    files = {True: str(place.lab.certificate_authority), False: other}
    cluster = {"server": place.lab.server, "certificate-authority": files[not right]}
    flags = ConnectionFlags(certificate_authority=files[right])
    kubeconfig = place.kubeconfig(_token(place), cluster)
    _compare(place, kubeconfig, flags, "admin" if right else None)


def test_the_certificate_flags(place: Place) -> None:
    """They replace the kubeconfig's pair."""
    certificate, key = _pair(place, "flagged")
    flags = ConnectionFlags(
        client_certificate=place.file("flag.crt", certificate),
        client_key=place.file("flag.key", key),
    )
    _compare(place, place.kubeconfig(_inline(place)), flags, "flagged")


def test_bare_flags(place: Place) -> None:
    """No kubeconfig at all."""
    flags = ConnectionFlags(
        server=place.lab.server,
        token=place.lab.token,
        certificate_authority=str(place.lab.certificate_authority),
    )
    _compare(place, str(place.folder / "none"), flags, "admin")


def test_nodes_are_read_after_a_401_with_what_the_plugin_gives_next(place: Place) -> None:
    """kubectl gives up where one more try is all that it takes."""
    environ = place.lab.environ | {"KUBECONFIG": place.kubeconfig(_second_try(place))}
    assert reads_nodes(find_access(ConnectionFlags(), environ), environ)


def test_impersonation_is_subject_to_rbac(place: Place) -> None:
    """Who is impersonated may not list nodes, though the impersonator may."""
    environ = place.lab.environ | {"KUBECONFIG": place.kubeconfig(_token(place))}
    assert reads_nodes(find_access(ConnectionFlags(), environ), environ)
    assert not reads_nodes(find_access(ConnectionFlags(impersonate="nobody"), environ), environ)


@pytest.mark.parametrize(
    "script",
    [
        "exit 3",
        """echo '{"kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1"}'""",
        _credential(),
        _credential("v1beta1", token="t"),
        _credential(token="t", clientKeyData="K"),
    ],
)
def test_a_failing_plugin_fails_in_kubectls_words(script: str, place: Place) -> None:
    """All of them, but for what kubectl puts before them."""
    kubeconfig = place.kubeconfig(_exec(place.script("plugin", script)))
    env = {"KUBECONFIG": kubeconfig}
    said = place.lab.kubectl("get", "--raw=/", check=False, env=env)
    with pytest.raises(CredentialsError) as caught:
        CredentialSource(find_access(ConnectionFlags(), env), os.environ).current()
    assert said.stderr == f"Unable to connect to the server: {caught.value}\n"


EXTENSION = {"name": f"{API}/exec", "extension": {"b": [1, None], "a": {"d": 1, "c": "x"}}}


@pytest.mark.parametrize("extensions", [[], [EXTENSION]])
@pytest.mark.parametrize("version", ["v1", "v1beta1"])
def test_a_plugin_is_asked_what_kubectl_asks(
    version: str, extensions: list[dict[str, Any]], place: Place
) -> None:
    """KUBERNETES_EXEC_INFO is the same, byte for byte."""
    asked = place.folder / "asked"
    script = f'printf %s "$KUBERNETES_EXEC_INFO" > {asked}\n'
    script += _credential(version, token=place.lab.token)
    user = _exec(place.script("plugin", script), provideClusterInfo=True)
    user["exec"]["apiVersion"] = f"{API}/{version}"
    cluster = {
        "server": place.lab.server,
        "certificate-authority": str(place.lab.certificate_authority),
        "tls-server-name": "localhost",
        "extensions": extensions,
    }
    env = {"KUBECONFIG": place.kubeconfig(user, cluster)}
    place.lab.kubectl("get", "--raw=/", env=env)
    theirs = asked.read_text()
    CredentialSource(find_access(ConnectionFlags(), env), os.environ).current()
    assert asked.read_text() == theirs

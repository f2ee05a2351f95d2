"""`kubectl ctx lint`, rule by rule, on real files; each fix is run in a shell, and mends it."""

import json
import os
import shlex
import subprocess
import sys
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.kubectl_ctx.checking import V1, Fields, kubeconfig, plugin
from tests.kubectl_ctx.credentials import certificate, token
from tests.kubectl_ctx.plugin import COMMAND, ctx, environ, write
from tests.lab.programs import program

ROOT = Path(__file__).parent.parent.parent
SCHEMA = ROOT / "docs" / "schemas" / "KubeconfigLintReport.json"
CLUSTER: Fields = {"server": "https://one.test"}
NOW = datetime.now(UTC)


def _lint(files: Path | list[Path], *args: str) -> list[dict[str, Any]]:
    code, shown, talk = ctx(files, "lint", "-o", "json", *args)
    assert code == 0, talk
    document = json.loads(shown)
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(document)
    findings: list[dict[str, Any]] = document["findings"]
    return findings


def _brief(findings: list[dict[str, Any]]) -> list[str]:
    """Severity, rule and subject."""
    return [
        f"{f['severity']} {f['rule']} {f['subject']['kind']}/{f['subject']['name']}"
        for f in findings
    ]


def _mend(files: list[Path], findings: list[dict[str, Any]]) -> None:
    """Runs the fixes in a shell whose `kubectl ctx` and `kubectl` are the real ones."""
    folder = files[0].parent / "bin"
    folder.mkdir(exist_ok=True)
    ours = folder / "kubectl-ctx"
    ours.write_text(f'#!/bin/sh\nexec {sys.executable} -m kubectl_ctx "$@"\n')
    ours.chmod(0o755)
    path = os.pathsep.join([str(folder), str(program("kubectl").parent), os.environ["PATH"]])
    for finding in findings:
        command = finding["fix"]["command"]
        env = environ(*files) | {"PATH": path}
        done = subprocess.run(["sh", "-c", command], env=env, capture_output=True, check=False)
        assert done.returncode == 0, (command, done.stderr)


def test_nothing_is_wrong(tmp_path: Path) -> None:
    """Says so, and changes nothing."""
    file = kubeconfig(tmp_path / "config", {"one": (CLUSTER, {"token": "t"})}, "one")
    before = file.read_bytes()
    assert ctx(file, "lint", "--exit-code") == (0, "", "nothing found\n")
    assert file.read_bytes() == before


def test_references_that_dangle(tmp_path: Path, programs: None) -> None:
    """A context without its cluster or user, and a current-context without its context."""
    names = {"it's": ("c", "u"), "-x": ("c", "u"), "fine": ("c", "u")}
    file = write(tmp_path / "config", names, "gone")
    file.chmod(0o600)
    text = file.read_text().replace("cluster: c\n    user: u", "cluster: lost\n    user: nobody", 2)
    file.write_text(text)
    findings = _lint(file)
    assert _brief(findings) == [
        "error dangling-reference Context/-x",
        "error dangling-reference Context/it's",
        f"error dangling-reference File/{file}",
    ]
    assert findings[0]["message"] == 'there is no cluster "lost" and no user "nobody"'
    assert findings[1]["evidence"] == [str(file)]
    assert '"gone"' in findings[2]["message"]
    assert ctx(file, "lint", "--exit-code")[0] == 1
    _mend([file], findings)
    assert _lint(file) == []
    assert file.read_text().startswith("# kept\n")


def test_a_reference_into_another_file(tmp_path: Path) -> None:
    """Does not dangle; nor can it be told while one of the files is broken."""
    first = write(tmp_path / "first", {"a": ("c", "u")})
    second = write(tmp_path / "second", {"b": ("c2", "u2")})
    for file in (first, second):
        file.chmod(0o600)
    first.write_text(first.read_text().replace("cluster: c\n", "cluster: c2\n"))
    assert _brief(_lint([first, second])) == ["info unused-entry Cluster/c"]
    second.write_text("clusters: {")
    (finding,) = _lint([first, second])
    assert _brief([finding]) == [f"error unreadable-file File/{second}"]
    assert finding["message"].startswith(f'error loading config file "{second}": ')


def test_names_that_hide_each_other(tmp_path: Path, programs: None) -> None:
    """Which file counts; a difference is a warning, the same again a remark."""
    first = kubeconfig(tmp_path / "first", {"one": (CLUSTER, {"token": "t"})})
    second = kubeconfig(tmp_path / "second", {"one": (CLUSTER, {"token": "other-secret"})})
    findings = _lint([first, second])
    assert _brief(findings) == [
        "warning duplicate-name User/one",
        "info duplicate-name Cluster/one",
        "info duplicate-name Context/one",
    ]
    assert findings[0]["message"].startswith(f'"{first}" has another one of this name, ')
    assert findings[0]["evidence"] == [str(second)]
    assert "other-secret" not in str(findings)
    _mend([first, second], findings[2:])
    assert len(_lint([first, second])) == 2
    assert ctx([first, second], "-o", "name")[1] == "one\none-2\n"


@pytest.mark.parametrize(
    ("days", "severity", "words"),
    [(-3, "error", "expired 3d ago"), (5, "warning", "expires in 4d23h"), (30, "", "")],
)
def test_what_has_expired_or_soon_will(
    tmp_path: Path, days: int, severity: str, words: str
) -> None:
    """Certificates, tokens and authorities, in files and inline."""
    until = NOW + timedelta(days=days)
    pem = certificate(until.replace(microsecond=0))
    (tmp_path / "crt").write_bytes(pem)
    (tmp_path / "key").write_bytes(b"key")
    (tmp_path / "key").chmod(0o600)
    inline = b64encode(pem).decode()
    contexts: dict[str, tuple[Fields, Fields]] = {
        "authority": ({**CLUSTER, "certificate-authority-data": inline}, {"token": "t"}),
        "certificate": (CLUSTER, {"client-certificate": "crt", "client-key": "key"}),
        "inline": (CLUSTER, {"client-certificate-data": inline, "client-key-data": "a2V5"}),
        "token": (CLUSTER, {"token": token({"exp": until.timestamp()})}),
    }
    findings = _lint(kubeconfig(tmp_path / "config", contexts))
    if not severity:
        assert findings == []
        return
    kinds = {"authority": "Cluster"}
    assert _brief(findings) == [
        f"{severity} expired-credentials {kinds.get(name, 'User')}/{name}" for name in contexts
    ]
    assert [finding["message"].removesuffix(words) for finding in findings] == [
        "its certificate authority ",
        "its client certificate ",
        "its client certificate ",
        "its token ",
    ]
    assert findings[0]["evidence"] == [f"good until {until:%Y-%m-%dT%H:%M:%SZ}"]


def test_secrets_that_others_can_read(tmp_path: Path, programs: None) -> None:
    """Kubeconfigs with secrets, keys and tokens; not certificates, nor what holds no secret."""
    folder = tmp_path / "it's mine"
    folder.mkdir()
    for name in ("crt", "key", "token"):
        (folder / name).write_text("x")
        (folder / name).chmod(0o644)
    contexts: dict[str, tuple[Fields, Fields]] = {
        "files": (CLUSTER, {"client-certificate": "crt", "client-key": "key"}),
        "token": (CLUSTER, {"tokenFile": "token"}),
    }
    harmless = kubeconfig(folder / "harmless", contexts)
    secret = kubeconfig(folder / "secret", {"s": (CLUSTER, {"password": "p", "username": "u"})})
    harmless.chmod(0o644)
    secret.chmod(0o640)
    folder.chmod(0o775)
    findings = _lint([harmless, secret])
    assert _brief(findings) == [
        f"warning readable-by-others File/{folder}/key",
        f"warning readable-by-others File/{secret}",
        f"warning readable-by-others File/{folder}/token",
        f"warning readable-by-others Folder/{folder}",
    ]
    assert findings[1]["evidence"] == ["mode 0640"]
    _mend([harmless, secret], findings)
    assert _lint([harmless, secret]) == []
    assert secret.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o755


def test_locks_that_were_left_behind(tmp_path: Path, programs: None) -> None:
    """Older than a minute, by the name that kubectl gives them; a young one is somebody's."""
    file = kubeconfig(tmp_path / "config", {"one": (CLUSTER, {})})
    link = tmp_path / "a link"
    link.symlink_to(file)
    lock = tmp_path / "config.lock"
    lock.touch(0o000)
    assert _lint(link) == []
    old = time.time() - 7200
    os.utime(lock, (old, old))
    findings = _lint(link)
    assert _brief(findings) == [f"warning stale-lock File/{link}"]
    assert findings[0]["evidence"] == [str(lock)]
    assert "for 120m" in findings[0]["message"]
    _mend([link], findings)
    assert not lock.exists()


def test_files_of_kubeconfig_that_are_not_there(tmp_path: Path) -> None:
    """The fix lists those that are; one whose `~` nobody expanded is there after all."""
    file = kubeconfig(tmp_path / "config", {"one": (CLUSTER, {})})
    (tmp_path / "other").write_text("")
    env = environ(file, tmp_path / "gone's", Path("~/other")) | {"HOME": str(tmp_path)}
    command = [sys.executable, "-m", "kubectl_ctx", "lint", "-o", "json"]
    done = subprocess.run(command, env=env, capture_output=True, check=True)
    findings = json.loads(done.stdout)["findings"]
    assert _brief(findings) == [
        f"warning missing-file File/{tmp_path}/gone's",
        "warning missing-file File/~/other",
    ]
    shell = ["sh", "-c", findings[1]["fix"]["command"] + '; printf %s "$KUBECONFIG"']
    said = subprocess.run(shell, capture_output=True, text=True, check=True).stdout
    assert said == f"{file}:{tmp_path}/other"
    assert ctx(file, "lint", "--kubeconfig", "/nope", "--exit-code") == (
        2,
        "",
        "error: stat /nope: no such file or directory\n",
    )


def test_files_that_an_entry_names(tmp_path: Path) -> None:
    """Relative ones are beside their kubeconfig."""
    contexts: dict[str, tuple[Fields, Fields]] = {
        "c": ({**CLUSTER, "certificate-authority": "ca.crt"}, {}),
        "u": (CLUSTER, {"client-certificate": "/gone.crt", "client-key": "key"}),
        "t": (CLUSTER, {"tokenFile": "token"}),
    }
    (tmp_path / "key").write_text("x")
    (tmp_path / "key").chmod(0o600)
    findings = _lint(kubeconfig(tmp_path / "config", contexts))
    assert [(f["subject"]["name"], f["rule"], f["message"]) for f in findings] == [
        (
            name,
            "missing-credentials",
            f'its {what} "{path}" cannot be read: no such file or directory',
        )
        for name, what, path in (
            ("c", "certificate-authority", tmp_path / "ca.crt"),
            ("t", "tokenFile", tmp_path / "token"),
            ("u", "client-certificate", "/gone.crt"),
        )
    ]


def test_ways_to_log_in_that_are_none(tmp_path: Path) -> None:
    """Exec plugins that are not there or of a version that is gone, and auth providers."""
    works = plugin(tmp_path / "works", "")
    old = plugin(tmp_path / "old", "")["exec"] | {"apiVersion": f"{V1}alpha1"}
    bare = {**works["exec"], "command": "fieldkit-no-plugin", "installHint": "get\nit"}
    (tmp_path / "flat").write_text("")
    contexts: dict[str, tuple[Fields, Fields]] = {
        "works": (CLUSTER, works),
        "gone": (CLUSTER, {"exec": {**works["exec"], "command": "./gone"}}),
        "flat": (CLUSTER, {"exec": {**works["exec"], "command": "./flat"}}),
        "bare": (CLUSTER, {"exec": bare}),
        "old": (CLUSTER, {"exec": old}),
        "gcp": (CLUSTER, {"auth-provider": {"name": "gcp"}}),
    }
    findings = _lint(kubeconfig(tmp_path / "config", contexts))
    assert {f["subject"]["name"]: f["message"] for f in findings} == {
        "bare": 'its exec plugin "fieldkit-no-plugin" is not in PATH',
        "flat": f'its exec plugin "{tmp_path}/flat" is not executable',
        "gone": f'its exec plugin "{tmp_path}/gone" is not there',
        "gcp": 'the auth provider "gcp" is not supported '
        "(use the exec plugin gke-gcloud-auth-plugin)",
        "old": f'exec plugin: invalid apiVersion "{V1}alpha1" (use {V1})',
    }
    assert findings[0]["evidence"][1:] == ["get it"]


def test_files_that_repeat_others(tmp_path: Path) -> None:
    """The second name of a file, and the overlay of a --shell, hide nothing."""
    file = kubeconfig(tmp_path / "config", {"one": (CLUSTER, {})}, "one")
    (tmp_path / "link").symlink_to(file)
    assert _lint([file, tmp_path / "link"]) == []
    runtime = {"XDG_RUNTIME_DIR": str(tmp_path)}
    command = [*COMMAND, "lint", "--exit-code"]
    shell = tmp_path / "shell"
    shell.write_text(f"#!/bin/sh\nexec {shlex.join(command)}\n")
    shell.chmod(0o755)
    env = environ(file) | runtime | {"SHELL": str(shell)}
    done = subprocess.run([*COMMAND, "-s", "one"], env=env, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"nothing found" in done.stderr


def test_servers_that_are_not_safe(tmp_path: Path, programs: None) -> None:
    """Plain text, or a certificate that nobody looks at; a proxy on this machine is fine."""
    contexts: dict[str, tuple[Fields, Fields]] = {
        "proxy": ({"server": "http://127.0.0.1:8001"}, {}),
        "plain": ({"server": "http://me:hidden@plain.test/k8s"}, {}),
        "-lax": ({"server": "https://lax.test", "insecure-skip-tls-verify": True}, {}),
    }
    file = kubeconfig(tmp_path / "config", contexts)
    findings = _lint(file)
    assert _brief(findings) == [
        "warning http-server Cluster/plain",
        "warning insecure-server Cluster/-lax",
    ]
    assert findings[0]["evidence"] == [str(file), "server: http://plain.test/k8s"]
    assert "hidden" not in str(findings)
    _mend([file], findings)
    assert _lint(file) == []


def test_entries_that_nothing_refers_to(tmp_path: Path, programs: None) -> None:
    """Are remarks: --exit-code does not count them."""
    file = kubeconfig(tmp_path / "config", {"one": (CLUSTER, {}), "two": (CLUSTER, {})})
    document = json.loads(file.read_text())
    file.write_text(json.dumps(document | {"contexts": document["contexts"][:1]}))
    findings = _lint(file)
    assert _brief(findings) == ["info unused-entry Cluster/two", "info unused-entry User/two"]
    assert ctx(file, "lint", "--exit-code")[0] == 0
    _mend([file], findings)
    assert _lint(file) == []


def test_hostile_names(tmp_path: Path) -> None:
    """Do not reach the terminal as they are, nor another command into the fix."""
    name = "x\033[2J; touch pwned"
    file = kubeconfig(tmp_path / "config", {name: ({"server": "http://x.test"}, {})})
    _, shown, _ = ctx(file, "lint")
    assert "\033" not in shown
    assert "'x^[[2J; touch pwned'" in shown

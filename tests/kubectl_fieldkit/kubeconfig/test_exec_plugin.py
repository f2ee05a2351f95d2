"""Exec plugins, as real programs: what they are asked, what they may answer, and how they fail."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kubectl_fieldkit.errors import CredentialsError
from kubectl_fieldkit.kubeconfig.credentials import Credentials, CredentialSource
from kubectl_fieldkit.kubeconfig.exec_plugin import run_plugin
from kubectl_fieldkit.kubeconfig.model import Access, Cluster, ExecPlugin, User
from tests.kubectl_fieldkit.kubeconfig.test_credentials import Clock

V1 = "client.authentication.k8s.io/v1"
V1BETA1 = "client.authentication.k8s.io/v1beta1"
CLUSTER = Cluster("https://x")
Make = Callable[..., ExecPlugin]


def _answer(version: str = V1, kind: str = "ExecCredential", **status: object) -> str:
    return json.dumps({"apiVersion": version, "kind": kind, "status": status})


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a plugin out of a shell script."""

    def plugin(script: str, version: str = V1, mode: str = "Never", **fields: Any) -> ExecPlugin:
        path = tmp_path / "plugin"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return ExecPlugin(version, str(path), interactive_mode=mode, **fields)

    return plugin


def _prints(text: str) -> str:
    return f"cat <<'END'\n{text}\nEND"


def _failure(plugin: ExecPlugin, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(CredentialsError) as caught:
        run_plugin(plugin, CLUSTER, environ or {"PATH": os.environ["PATH"]})
    return str(caught.value)


def _run(plugin: ExecPlugin, cluster: Cluster = CLUSTER) -> Credentials:
    access = Access(cluster, User(exec=plugin))
    return CredentialSource(access, {"PATH": os.environ["PATH"], "HOME": "/h"}).current()


@pytest.mark.parametrize("version", [V1, V1BETA1])
def test_a_token(make: Make, version: str) -> None:
    """Both versions of the API give a token."""
    plugin = make(_prints(_answer(version, token="t")), version)
    assert _run(plugin) == Credentials(token="t")


def test_a_certificate_and_a_token(make: Make) -> None:
    """A plugin may give both."""
    answer = _answer(token="t", clientCertificateData="C", clientKeyData="K")
    assert _run(make(_prints(answer))) == Credentials("t", b"C", b"K")


def test_an_answer_in_yaml(make: Make) -> None:
    """kubectl reads YAML from a plugin too."""
    answer = f"apiVersion: {V1}\nkind: ExecCredential\nstatus: {{token: t, clientKeyData: null}}"
    assert _run(make(_prints(answer))) == Credentials(token="t")


def test_arguments_and_environment(make: Make) -> None:
    """Ours, with the kubeconfig's over it, and the question in KUBERNETES_EXEC_INFO."""
    script = f"""printf '{_answer(token="%s")}' "$1|$2|$HOME|$B|$(echo $KUBERNETES_EXEC_INFO | tr -d '"')" """
    plugin = make(script, args=("a b", "$HOME"), env=(("B", "2"), ("HOME", "/k")))
    info = f"{{kind:ExecCredential,apiVersion:{V1},spec:{{interactive:false}}}}"
    assert _run(plugin).token == f"a b|$HOME|/k|2|{info}"


def test_cluster_info(make: Make, tmp_path: Path) -> None:
    """With provideClusterInfo the plugin learns where it is about to log in."""
    (tmp_path / "ca").write_text("CA")
    cluster = Cluster(
        server="https://x",
        tls_server_name="n",
        certificate_authority=str(tmp_path / "ca"),
        proxy_url="http://p",
        disable_compression=True,
        exec_extension={"audience": "a"},
    )
    out = tmp_path / "info"
    script = f'echo "$KUBERNETES_EXEC_INFO" > {out}\n{_prints(_answer(token="t"))}'
    _run(make(script, provide_cluster_info=True), cluster)
    assert json.loads(out.read_text()) == {
        "kind": "ExecCredential",
        "apiVersion": V1,
        "spec": {
            "cluster": {
                "server": "https://x",
                "tls-server-name": "n",
                "certificate-authority-data": "Q0E=",
                "proxy-url": "http://p",
                "disable-compression": True,
                "config": {"audience": "a"},
            },
            "interactive": False,
        },
    }


def _counting(folder: Path, expiry: str = "") -> str:
    """A script whose token is the number of times it has run."""
    status = f'"expirationTimestamp": "{expiry}", ' if expiry else ""
    answer = (
        f'{{"apiVersion": "{V1}", "kind": "ExecCredential", "status": {{{status}"token": "%s"}}}}'
    )
    return f"echo >> {folder}/runs\nprintf '{answer}' $(wc -l < {folder}/runs)"


@pytest.mark.parametrize(("expiry", "token"), [("", "1"), ("1970-01-12T13:46:45+00:00", "2")])
def test_a_plugin_runs_again_when_its_credentials_have_expired(
    make: Make, tmp_path: Path, expiry: str, token: str
) -> None:
    """Once for all requests, until the moment that it named itself."""
    clock = Clock()  # at 13:46:40
    access = Access(CLUSTER, User(exec=make(_counting(tmp_path, expiry))))
    source = CredentialSource(access, {"PATH": os.environ["PATH"]}, clock)
    assert (source.current().token, source.current().token) == ("1", "1")
    clock.now += 5
    assert source.current().token == "1"
    clock.now += 0.1
    assert source.current().token == token


def test_a_plugin_runs_again_after_a_401(make: Make, tmp_path: Path) -> None:
    """Other credentials are worth one more try."""
    access = Access(CLUSTER, User(exec=make(_counting(tmp_path))))
    source = CredentialSource(access, {"PATH": os.environ["PATH"]})
    source.current()
    assert source.renew(source.current())
    assert source.current().token == "2"


def test_the_same_answer_again_is_not_worth_a_try(make: Make) -> None:
    """A 401 stands when the plugin has nothing new."""
    access = Access(CLUSTER, User(exec=make(_prints(_answer(token="t")))))
    source = CredentialSource(access, {"PATH": os.environ["PATH"]})
    source.current()
    assert not source.renew(source.current())


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 3", "exec: executable {} failed with exit code 3"),
        ("kill -9 $$", "exec: executable {} was ended by signal 9"),
        (_prints("{"), "decoding stdout: yaml: line 1: did not find expected node content"),
        ("true", "decoding stdout: object 'kind' is missing"),
        (_prints("token"), "decoding stdout: expected object, got str"),
        (_prints('{"a": 1}'), "decoding stdout: object 'kind' is missing"),
        (
            _prints(_answer("v1", "Pod")),
            'decoding stdout: no kind "Pod" is registered for version "v1"',
        ),
        (
            _prints(_answer(V1BETA1, token="t")),
            f"exec plugin is configured to use API version {V1}, plugin returned version {V1BETA1}",
        ),
        (
            _prints(f'{{"apiVersion": "{V1}", "kind": "ExecCredential"}}'),
            "exec plugin didn't return a status field",
        ),
        (_prints(_answer()), "exec plugin didn't return a token or cert/key pair"),
        (
            _prints(_answer(token="t", clientKeyData="K")),
            "exec plugin returned only certificate or key, not both",
        ),
        (
            _prints(_answer(token="t", expirationTimestamp="tomorrow")),
            "decoding stdout: invalid RFC3339 encoded datetime at status.expirationTimestamp",
        ),
        (_prints(_answer(token=5)), "decoding stdout: expected str, got int at status.token"),
    ],
)
def test_what_is_no_answer(script: str, reason: str, make: Make) -> None:
    """client-go's words, and never what the plugin printed: it may be a secret."""
    plugin = make(script)
    assert _failure(plugin) == f"getting credentials: {reason.format(plugin.command)}"


def test_stderr_is_the_users(make: Make, capfd: pytest.CaptureFixture[str]) -> None:
    """What the plugin says to the user reaches the user."""
    _failure(make("echo open https://login >&2; exit 1"))
    assert capfd.readouterr() == ("", "open https://login\n")


def test_a_missing_plugin_gives_its_install_hint() -> None:
    """The kubeconfig's own, on one line."""
    hint = "brew install x\n\nthen log in\n"
    plugin = ExecPlugin(V1, "no-such-plugin", interactive_mode="Never", install_hint=hint)
    words = "getting credentials: exec: executable no-such-plugin not found"
    assert _failure(plugin) == f"{words} (brew install x then log in)"


def test_a_missing_plugin_without_a_hint() -> None:
    """Where the name comes from, since the user may never have seen it."""
    plugin = ExecPlugin(V1, "no-such-plugin", interactive_mode="Never")
    assert _failure(plugin) == (
        "getting credentials: exec: executable no-such-plugin not found "
        "(it is the credential plugin that the kubeconfig names)"
    )


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (0o644, "permission denied"),
        (None, "no such file or directory"),
        (0o755, "exec format error"),
    ],
)
def test_a_file_that_is_no_program(mode: int | None, reason: str, tmp_path: Path) -> None:
    """The system's reason, as client-go gives it."""
    path = tmp_path / "plugin"
    if mode:
        path.write_text("no program")
        path.chmod(mode)
    plugin = ExecPlugin(V1, str(path), interactive_mode="Never")
    assert _failure(plugin) == f"getting credentials: exec: fork/exec {path}: {reason}"


def test_an_argument_that_no_program_can_get(make: Make) -> None:
    """What the system cannot hand over is an error like any other."""
    plugin = make("true", args=("a\0b",))
    assert _failure(plugin) == (
        f"getting credentials: exec: fork/exec {plugin.command}: embedded null byte"
    )


def test_v1alpha1_is_refused_with_what_to_write_instead() -> None:
    """Kubernetes dropped it in 1.24."""
    plugin = ExecPlugin("client.authentication.k8s.io/v1alpha1", "x", interactive_mode="Never")
    assert _failure(plugin) == (
        'exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1" '
        f"(set apiVersion {V1}, and see that the plugin is new enough for it)"
    )


def test_a_bare_command_is_found_in_path(make: Make, tmp_path: Path) -> None:
    """In ours, not in the one that the kubeconfig gives the plugin."""
    make(f"PATH={os.environ['PATH']}\n{_prints(_answer(token='t'))}")
    plugin = ExecPlugin(V1, "plugin", env=(("PATH", "/nowhere"),), interactive_mode="Never")
    assert run_plugin(plugin, CLUSTER, {"PATH": str(tmp_path)})[0].token == "t"


ASK = """
import os, sys
from kubectl_fieldkit.kubeconfig.exec_plugin import run_plugin
from kubectl_fieldkit.kubeconfig.model import Cluster, ExecPlugin
plugin = ExecPlugin(sys.argv[1], sys.argv[2], interactive_mode=sys.argv[3])
print(run_plugin(plugin, Cluster("https://x"), os.environ)[0].token)
"""


def _ask(plugin: ExecPlugin, stdin: int) -> subprocess.Popen[str]:
    """Runs the plugin in a process of its own, with this stdin."""
    argv = [sys.executable, "-c", ASK, plugin.api_version, plugin.command, plugin.interactive_mode]
    return subprocess.Popen(
        argv,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


READS = f"""case $KUBERNETES_EXEC_INFO in *interactive*true*) told=yes;; *) told=no;; esac
read typed; printf '{_answer(token="%s")}' "$told:$typed" """


@pytest.mark.parametrize(
    ("mode", "token"), [("Always", "yes:typed"), ("IfAvailable", "yes:typed"), ("Never", "no:")]
)
def test_a_plugin_may_ask_on_a_terminal(mode: str, token: str, make: Make) -> None:
    """Unless it never does, it gets the terminal and is told so."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, b"typed\n")
        with _ask(make(READS, mode=mode), theirs) as asked:
            assert asked.communicate(timeout=30) == (f"{token}\n", "")
    finally:
        os.close(ours)
        os.close(theirs)


def test_without_a_terminal_a_plugin_may_do_without(make: Make) -> None:
    """IfAvailable: it is told, and its stdin is empty."""
    with _ask(make(READS, mode="IfAvailable"), subprocess.DEVNULL) as asked:
        assert asked.communicate(timeout=30) == ("no:\n", "")


def test_without_a_terminal_a_plugin_that_must_ask_is_not_run(make: Make) -> None:
    """Always: client-go's words."""
    with _ask(make(READS, mode="Always"), subprocess.DEVNULL) as asked:
        _, stderr = asked.communicate(timeout=30)
    assert stderr.splitlines()[-1] == (
        "kubectl_fieldkit.errors.CredentialsError: getting credentials: "
        "exec plugin cannot support interactive mode: standard input is not a terminal"
    )


def test_ctrl_c_ends_the_plugin_too(make: Make, tmp_path: Path) -> None:
    """A plugin that waits for ever does not stay behind."""
    fifo = tmp_path / "started"
    os.mkfifo(fifo)
    plugin = make(f"echo > {fifo}\nexec sleep 600")
    with _ask(plugin, subprocess.DEVNULL) as asked:
        try:
            fifo.read_text()
            os.killpg(asked.pid, signal.SIGINT)  # as a terminal does
            _, stderr = asked.communicate(timeout=30)  # both have closed it
        finally:
            with suppress(ProcessLookupError):
                os.killpg(asked.pid, signal.SIGKILL)
    assert stderr.splitlines()[-1] == "KeyboardInterrupt"

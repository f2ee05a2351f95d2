"""A completer as kubectl runs it: silent and over in time, whatever the kubeconfig leads to."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import lacking_is_a_skip
from tests.kubectl_ctx.checking import Fields, kubeconfig, plugin
from tests.kubectl_fieldkit.cluster.listener import Listener, answer, saying, silent
from tests.kubectl_fieldkit.completion.installed import (
    PATIENCE,
    environment,
    put_plugin,
    run,
    said_by,
    said_in_the_end,
)
from tests.lab.errors import Lacking
from tests.lab.waiting import wait_for

NODES = json.dumps({"items": [{"metadata": {"name": n}} for n in ("w-10", "w-2", "-x", "a\n:0")]})
CASES = Path(__file__).parents[2] / "kubectl_taints" / "cases"


@pytest.fixture
def taints(tmp_path: Path) -> Path:
    """The completer of `kubectl taints`, a link to the plugin."""
    return _completer(tmp_path, "taints")


def _completer(folder: Path, name: str) -> Path:
    link = folder / f"kubectl_complete-{name}"
    link.symlink_to(put_plugin(folder, name))
    return link


def _leads_to(folder: Path, server: str, user: Fields | None = None) -> dict[str, str]:
    """An environment whose current context is this server's."""
    file = kubeconfig(folder / "config", {"c": ({"server": server}, user or {})}, "c")
    return environment(KUBECONFIG=str(file))


def test_names_come_clean_and_in_order(taints: Path, tmp_path: Path) -> None:
    """As people count; a name that would be a flag or a line of its own is no choice."""
    with Listener(saying(*[answer("200 OK", NODES)] * 99)) as server:
        environ = _leads_to(tmp_path, f"http://{server.authority}")
        lines = said_in_the_end(taints, environ, "w")
    assert lines == ["w-2", "w-10", ":4"]


def test_the_verb_answers_as_the_link_does(taints: Path, tmp_path: Path) -> None:
    """For the places where a script has to stand in for the link."""
    environ = _leads_to(tmp_path, "http://127.0.0.1:1")
    by_link = said_by(taints, environ, "--out")
    by_verb = said_by(tmp_path / "kubectl-taints", environ, "__complete", "--out")
    assert by_link[0].startswith("--output\t")
    assert by_verb == by_link


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_silent_server_is_left(taints: Path, tmp_path: Path, scheme: str) -> None:
    """It takes the connection and says nothing: the directive comes all the same."""
    with Listener(silent) as server:
        environ = _leads_to(tmp_path, f"{scheme}://{server.authority}")
        assert said_by(taints, environ, "") == [":4"]
        assert said_by(taints, environ, "-n", "") == [":4"]
        assert server.connections == 2


def test_a_server_that_trickles_is_left(taints: Path, tmp_path: Path) -> None:
    """Bytes now and then do not extend the time there is."""

    def trickle(connection: socket.socket, _: int) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            connection.sendall(b" ")
            connection.settimeout(0.05)
            try:
                if not connection.recv(65536):
                    return
            except TimeoutError:
                pass

    with Listener(trickle) as server:
        assert said_by(taints, _leads_to(tmp_path, f"http://{server.authority}"), "") == [":4"]


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "500 Oops", "200 OK"])
def test_no_list_no_choices(taints: Path, tmp_path: Path, status: str) -> None:
    """A refusal, a failure or a login page is nobody's business at a prompt."""
    with Listener(saying(*[answer(status, "<html>")] * 9)) as server:
        assert said_by(taints, _leads_to(tmp_path, f"http://{server.authority}"), "") == [":4"]


@pytest.mark.parametrize(
    "text", ["", "{", "current-context: nope", "apiVersion: v2", "\x00", "contexts: [1]"]
)
def test_no_kubeconfig_no_choices(taints: Path, tmp_path: Path, text: str) -> None:
    """Nor is what is wrong with a kubeconfig."""
    (tmp_path / "config").write_text(text)
    environ = environment(KUBECONFIG=str(tmp_path / "config"))
    assert said_by(taints, environ, "") == [":4"]


def test_why_is_told_where_cobra_tells(taints: Path, tmp_path: Path) -> None:
    """BASH_COMP_DEBUG_FILE names a file for that."""
    environ = _leads_to(tmp_path, "http://127.0.0.1:1")
    told = tmp_path / "debug"
    assert said_by(taints, environ | {"BASH_COMP_DEBUG_FILE": str(told)}, "") == [":4"]
    assert "ConnectionFailed: " in told.read_text()


def test_a_credential_plugin_that_hangs_is_ended(taints: Path, tmp_path: Path) -> None:
    """With all that it started; nobody waits for a login that nobody asked for."""
    pids = tmp_path / "pids"
    user = plugin(tmp_path / "login", f"echo $$ >> {pids}; sleep 300 & echo $! >> {pids}; wait")
    assert said_by(taints, _leads_to(tmp_path, "https://127.0.0.1:1", user), "") == [":4"]
    started = pids.read_text().split()
    assert len(started) == 2
    for pid in started:
        wait_for("its end", lambda: not _runs(int(pid)))  # noqa: B023


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_ends_the_credential_plugin_too(
    taints: Path, tmp_path: Path, number: signal.Signals
) -> None:
    """It has a session of its own, which no terminal's signal reaches."""
    pids = tmp_path / "pids"
    user = plugin(tmp_path / "login", f"echo $$ > {pids}; sleep 300")
    environ = _leads_to(tmp_path, "https://127.0.0.1:1", user)
    child = subprocess.Popen([taints, ""], env=environ, stdout=subprocess.PIPE)
    deadline = time.monotonic() + PATIENCE
    while not (pids.exists() and pids.read_text()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    child.send_signal(number)
    child.communicate(timeout=PATIENCE)
    assert child.returncode in (0, 128 + number)  # 0 where the time was over first
    wait_for("its end", lambda: not _runs(int(pids.read_text())))


def _runs(pid: int) -> bool:
    """Whether it is more than the remains of a process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def test_a_credential_plugin_has_nothing_to_ask_with(taints: Path, tmp_path: Path) -> None:
    """No terminal, no display, no browser, and it is told so."""
    seen, whole = tmp_path / "seen", tmp_path / "whole"
    script = (
        f'echo "$DISPLAY,$WAYLAND_DISPLAY,$BROWSER,$KUBERNETES_EXEC_INFO" > {seen}\n'
        f"(: < /dev/tty) 2>/dev/null && echo terminal >> {seen}\n"
        f"[ -t 0 ] && echo stdin >> {seen}\nmv {seen} {whole}"
    )
    user = plugin(tmp_path / "login", script)
    environ = _leads_to(tmp_path, "https://127.0.0.1:1", user)
    environ |= {"DISPLAY": ":0", "WAYLAND_DISPLAY": "w", "BROWSER": "firefox"}
    for _ in range(20):  # a busy machine may end it before it is done
        if not whole.exists():
            assert said_by(taints, environ, "") == [":4"]
    told, *terminals = whole.read_text().split()
    assert told.startswith(",,false,")
    assert '"interactive":false' in told
    assert terminals == []


def test_a_credential_plugin_that_always_asks_is_not_run(taints: Path, tmp_path: Path) -> None:
    """`interactiveMode: Always` is a login by hand."""
    user = plugin(tmp_path / "login", f"touch {tmp_path}/ran", "Always")
    assert said_by(taints, _leads_to(tmp_path, "https://127.0.0.1:1", user), "") == [":4"]
    assert not (tmp_path / "ran").exists()


def test_a_name_server_that_never_answers_is_left(taints: Path, tmp_path: Path) -> None:
    """libc's look-up cannot be interrupted: it is left behind."""
    with lacking_is_a_skip():
        if os.geteuid() or run(["unshare", "--mount", "true"], os.environ).returncode:
            raise Lacking("a name server of the test's own needs root and unshare")
    (tmp_path / "resolv.conf").write_text("nameserver 127.66.0.1\noptions timeout:30\n")
    environ = _leads_to(tmp_path, "https://cluster.example.com:6443")
    script = f"mount --bind {tmp_path}/resolv.conf /etc/resolv.conf && exec {taints} ''"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.66.0.1", 53))
        done = run(["unshare", "--mount", "sh", "-c", script], environ)
        server.settimeout(0)
        assert b"cluster" in server.recv(512)
    assert (done.returncode, done.stdout, done.stderr) == (0, ":4\n", "")


def test_a_snapshot_on_the_line_is_what_is_asked(taints: Path, tmp_path: Path) -> None:
    """Its nodes, and those of no live cluster."""
    environ = _leads_to(tmp_path, "https://127.0.0.1:1")
    snapshot = str(CASES / "course.yaml")
    lines = said_in_the_end(taints, environ, "--snapshot", snapshot, "worker-")
    assert lines[:2] == ["worker-0", "worker-1"]


def test_taints_out_of_a_snapshot(taints: Path, tmp_path: Path) -> None:
    """Those of its node alone, and once each."""
    environ = _leads_to(tmp_path, "https://127.0.0.1:1")
    line = ("remove", "--snapshot", str(CASES / "course.yaml"), "worker-1")
    assert said_in_the_end(taints, environ, *line, "") == ["special:NoExecute-", ":4"]
    assert said_by(taints, environ, *line, "--all-taints", "s") == [":4"]


def test_taints_that_a_shell_would_run_are_left_out(taints: Path, tmp_path: Path) -> None:
    """Whatever a server says that a taint's key is."""
    keys = ("$(reboot)", "plain", "-x")
    spec = {"taints": [{"key": key, "effect": "NoSchedule"} for key in keys]}
    node = json.dumps({"kind": "Node", "metadata": {"name": "w"}, "spec": spec})
    with Listener(saying(*[answer("200 OK", node)] * 99)) as server:
        environ = _leads_to(tmp_path, f"http://{server.authority}")
        assert said_in_the_end(taints, environ, "remove", "w", "") == ["plain:NoSchedule-", ":4"]


def test_kinds_that_a_shell_would_run_are_left_out(tmp_path: Path) -> None:
    """Whatever a server says that it serves: the words beside a choice go through the shell as well."""

    def resource(plural: str, kind: str) -> dict[str, object]:
        scope = {"scope": "Cluster", "verbs": ["list"], "singularResource": ""}
        return scope | {"resource": plural, "responseKind": {"kind": kind}}

    resources = [resource("$(reboot)", "K"), resource("ks", "$(reboot)"), resource("nodes", "Node")]
    group = {"metadata": {"name": ""}, "versions": [{"version": "v1", "resources": resources}]}
    said = json.dumps({"kind": "APIGroupDiscoveryList", "items": [group]})
    nothing = json.dumps({"kind": "APIGroupDiscoveryList"})
    with Listener(saying(*[answer("200 OK", said), answer("200 OK", nothing)] * 50)) as server:
        environ = _leads_to(tmp_path, f"http://{server.authority}")
        lines = said_in_the_end(_completer(tmp_path, "neat"), environ, "")
    assert [line for line in lines if "/" in line] == ["nodes/\tv1 Node"]


def test_the_old_name_of_a_renaming(tmp_path: Path) -> None:
    """Behind `NEW=` and nowhere else, and not behind what a shell would run."""
    file = kubeconfig(tmp_path / "config", dict.fromkeys(["prod", "a=b", "pre"], ({}, {})))
    ctx, environ = _completer(tmp_path, "ctx"), environment(KUBECONFIG=str(file))
    assert said_in_the_end(ctx, environ, "new=p") == ["new=pre", "new=prod", ":4"]
    for line in (["$(reboot)=p"], ["a=b=p"], ["prod", "new=p"], ["-d", "new=p"], ["switch", "n=p"]):
        assert said_by(ctx, environ, *line) == [":4"]


def test_contexts_that_a_shell_would_run_are_left_out(tmp_path: Path) -> None:
    """And so are those that `kubectl ctx` would take for something else."""
    names = ["prod", "$(touch x)", "a=b", "lint", "-x", "my prod", "arn:aws:eks:eu:1:cluster/x"]
    file = kubeconfig(tmp_path / "config", dict.fromkeys(names, ({}, {})))
    environ = environment(KUBECONFIG=str(file))
    ctx = _completer(tmp_path, "ctx")
    lines = [line for line in said_in_the_end(ctx, environ, "") if "\t" not in line]
    assert lines == ["arn:aws:eks:eu:1:cluster/x", "prod", ":4"]
    assert said_in_the_end(ctx, environ, "switch", "l") == ["lint", ":4"]


def test_no_context_runs_in_an_old_kubectls_bash(tmp_path: Path) -> None:
    """The script of kubectl 1.32 expands what it is offered: a `$(…)` of a kubeconfig ran at TAB."""
    hostile = [f"$(touch {tmp_path}/ran)", f"`touch {tmp_path}/ran`", "prod"]
    file = kubeconfig(tmp_path / "config", dict.fromkeys(hostile, ({}, {})))
    ctx = _completer(tmp_path, "ctx")
    *choices, _ = said_in_the_end(ctx, environment(KUBECONFIG=str(file)), "delete", "")
    script = 'IFS=$\'\\n\'; read -ra c -d "" < <(compgen -W "$1" -- ""); echo "${c[@]}"'
    done = run(["bash", "-c", script, "bash", "\n".join(choices)], environment())
    assert done.stdout == "prod\n"
    assert not (tmp_path / "ran").exists()
    run(["bash", "-c", script, "bash", "\n".join(hostile)], environment())
    assert (tmp_path / "ran").exists()  # else this script is not that of kubectl 1.32


def test_the_context_that_is_named_is_the_one_asked(tmp_path: Path) -> None:
    """`kubectl ctx NAME -n` is about the namespaces of NAME."""
    spaces = json.dumps({"items": [{"metadata": {"name": "shop"}}]})
    with Listener(saying(*[answer("200 OK", spaces)] * 99)) as server:
        contexts: dict[str, tuple[Fields, Fields]] = {
            "away": ({"server": "https://127.0.0.1:1"}, {}),
            "here": ({"server": f"http://{server.authority}"}, {}),
        }
        file = kubeconfig(tmp_path / "config", contexts, "away")
        environ = environment(KUBECONFIG=str(file))
        ctx, ns = _completer(tmp_path, "ctx"), _completer(tmp_path, "ns")
        assert said_in_the_end(ctx, environ, "here", "-n", "") == ["shop", ":4"]
        assert said_in_the_end(ns, environ, "--context=here", "s")[0] == "shop"
        assert said_by(ctx, environ, "away", "-n", "") == [":4"]


def test_nobody_reads(taints: Path, tmp_path: Path) -> None:
    """A kubectl that is gone is no error message either."""
    read, write = os.pipe()
    os.close(read)
    environ = _leads_to(tmp_path, "https://127.0.0.1:1")
    done = subprocess.run(
        [taints, ""], env=environ, stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert done.stderr == b""

"""`kubectl ctx --check` on a real API server, on sockets that are none, and with real exec plugins."""

import json
import os
import pty
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kubectl_ctx.checking import check_contexts
from kubectl_fieldkit.kubeconfig.load import load_file
from tests.kubectl_ctx.checking import Fields, checked, kubeconfig, plugin
from tests.kubectl_ctx.plugin import COMMAND, ctx, environ
from tests.kubectl_fieldkit.cluster.listener import Listener, answer, closed_port, saying, silent
from tests.lab.certificates import Authority
from tests.lab.lab import Lab

SCHEMA = Path(__file__).parent.parent.parent / "docs" / "schemas" / "ContextCheckReport.json"
PATIENCE = 20.0


@pytest.fixture
def cluster(lab: Lab) -> Fields:
    """The lab's server as a kubeconfig has it."""
    return {"server": lab.server, "certificate-authority": str(lab.certificate_authority)}


def test_a_context_that_works(lab: Lab, cluster: Fields, tmp_path: Path) -> None:
    """Which server it is, its version, and who I am there: what kubectl says."""
    file = kubeconfig(tmp_path / "config", {"lab": (cluster, {"token": lab.token})}, "lab")
    code, shown, talk = ctx(file, "--check", "--exit-code")
    assert (code, talk) == (0, "")
    rows = [line.split() for line in shown.splitlines()]
    assert rows[0] == ["NAME", "SERVER", "VERSION", "USER", "STATUS"]
    assert rows[1:] == [["lab", lab.server, "v1.37.2", "admin", "ok"]]
    said = json.loads(lab.kubectl("auth", "whoami", "-o", "json").stdout)["status"]["userInfo"]
    item = checked(file)["lab"]
    assert (item["user"], item["groups"]) == (said["username"], said["groups"])
    assert (item["current"], item["reachable"], item["message"]) == (True, True, "")


def test_the_document_fits_its_schema(lab: Lab, cluster: Fields, tmp_path: Path) -> None:
    """For contexts that work and for such that do not."""
    contexts = {"lab": (cluster, {"token": lab.token}), "none": ({"server": ""}, {})}
    file = kubeconfig(tmp_path / "config", contexts)
    document = json.loads(ctx(file, "--check", "--all", "-o", "json")[1])
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(document)
    assert [item["reachable"] for item in document["items"]] == [True, None]


def test_who_may_not_come_in(lab: Lab, cluster: Fields, tmp_path: Path) -> None:
    """A wrong token and an expired certificate are unauthorized; impersonation says as whom."""
    certificate, key = tmp_path / "crt", tmp_path / "key"
    for path, pem in zip(
        (certificate, key), lab.issue_certificate("old", expired=True), strict=True
    ):
        path.write_bytes(pem)
    contexts: dict[str, tuple[Fields, Fields]] = {
        "wrong": (cluster, {"token": "wrong-secret"}),
        "old": (cluster, {"client-certificate": str(certificate), "client-key": str(key)}),
        "other": (cluster, {"token": lab.token, "as": "jane", "as-groups": ["dev"]}),
        "anonymous": (cluster, {}),
    }
    file = kubeconfig(tmp_path / "config", contexts)
    items = checked(file, "--all")
    assert items["wrong"]["status"] == items["old"]["status"] == "unauthorized"
    assert "log in again" in items["wrong"]["message"]
    assert items["wrong"]["reachable"] is True
    assert (items["other"]["status"], items["other"]["user"]) == ("ok", "jane")
    assert "dev" in items["other"]["groups"]
    assert items["anonymous"]["message"].startswith("who asks is not known: ")
    assert 'User "system:anonymous" cannot create' in items["anonymous"]["message"]
    assert ctx(file, "--check", "wrong", "--exit-code")[0] == 1
    assert "wrong-secret" not in str(items)


def test_a_server_that_is_not_trusted(lab: Lab, cluster: Fields, tmp_path: Path) -> None:
    """Is called by its certificate's fault."""
    (tmp_path / "other.crt").write_bytes(Authority().pem)
    foreign = {**cluster, "certificate-authority": str(tmp_path / "other.crt")}
    misnamed = {**cluster, "tls-server-name": "elsewhere.test"}
    user = {"token": lab.token}
    contexts: dict[str, tuple[Fields, Fields]] = {"a": (foreign, user), "b": (misnamed, user)}
    file = kubeconfig(tmp_path / "config", contexts)
    _, shown, _ = ctx(file, "--check", "--all", "--no-headers")
    assert "   certificate signed by unknown authority (" in shown
    assert '   certificate is not valid for "elsewhere.test" (' in shown
    items = checked(file, "--all")
    assert [items[name]["reachable"] for name in "ab"] == [False, False]


def test_servers_that_are_none(tmp_path: Path) -> None:
    """Refusing, silent, or hanging up: all are asked side by side, and each says what it is."""
    with ExitStack() as stack:
        port = stack.enter_context(closed_port())
        silents = [stack.enter_context(Listener(silent)) for _ in range(20)]
        contexts: dict[str, tuple[Fields, Fields]] = {
            f"silent-{i}": ({"server": f"http://{each.authority}"}, {})
            for i, each in enumerate(silents)
        }
        contexts["tls"] = ({"server": f"https://{silents[0].authority}"}, {})
        contexts["refused"] = ({"server": f"https://127.0.0.1:{port}"}, {})
        file = kubeconfig(tmp_path / "config", contexts)
        items = checked(file, "--all", "--request-timeout", "1s")
        assert {item["status"] for item in items.values()} == {"unreachable"}
        assert "was refused" in items["refused"]["message"]
        assert "TLS handshake timeout" in items["tls"]["message"]
        assert "timed out waiting for an answer" in items["silent-19"]["message"]
        assert list(items)[-3:] == ["silent-18", "silent-19", "tls"]


def test_a_server_before_selfsubjectreview(tmp_path: Path) -> None:
    """Works, and does not say who asks; a server that fails is none that is well."""
    version = answer("200 OK", '{"gitVersion": "v1.27.0"}')
    with (
        Listener(saying(version, answer("404 Not Found"))) as old,
        Listener(saying(version, answer("500 Internal Server Error", "out of ideas"))) as ill,
    ):
        contexts: dict[str, tuple[Fields, Fields]] = {
            "old": ({"server": f"http://{old.authority}"}, {}),
            "ill": ({"server": f"http://{ill.authority}"}, {}),
        }
        items = checked(kubeconfig(tmp_path / "config", contexts), "--all")
    assert (items["old"]["status"], items["old"]["version"]) == ("ok", "v1.27.0")
    assert items["old"]["message"].endswith("SelfSubjectReview, which came with Kubernetes 1.28")
    assert (items["ill"]["status"], items["ill"]["reachable"]) == ("failed", True)


def test_what_a_server_says_is_hostile(tmp_path: Path) -> None:
    """Escape sequences do not reach the terminal."""
    body = '{"gitVersion": "v1\\u001b[31m\\u202e"}'
    with Listener(saying(answer("200 OK", body), answer("404 Not Found"))) as server:
        clusters: Fields = {"server": f"http://{server.authority}"}
        file = kubeconfig(tmp_path / "config", {"x\033[1m": (clusters, {})}, "x\033[1m")
        code, shown, _ = ctx(file, "--check")
    assert code == 0
    assert "x^[[1m" in shown
    assert "v1^[[31m\\u202e" in shown


def test_kubeconfigs_that_lead_nowhere(tmp_path: Path) -> None:
    """Are misconfigured, with the reason and without the password in an address."""
    contexts: dict[str, tuple[Fields, Fields]] = {
        "empty": ({}, {}),
        "address": ({"server": "ftp://me:hidden@x"}, {}),
        "file": ({"server": "https://x", "certificate-authority": "/nope"}, {}),
        "token": ({"server": "https://127.0.0.1:1"}, {"tokenFile": "/nope"}),
    }
    items = checked(kubeconfig(tmp_path / "config", contexts), "--all")
    assert items["empty"]["message"] == 'cluster "empty" has no server defined'
    assert "is no URL of an API server" in items["address"]["message"]
    assert "unable to read certificate-authority /nope" in items["file"]["message"]
    assert {items[name]["status"] for name in ("empty", "address", "file")} == {"misconfigured"}
    assert (items["token"]["status"], items["token"]["reachable"]) == ("login needed", None)
    assert "hidden" not in str(items)


def test_exec_plugins(lab: Lab, cluster: Fields, tmp_path: Path) -> None:
    """One that works, one that asks on stdin, one that needs somebody, and one that is not there."""
    told = '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": '
    works = f"""echo '{told}{{"token": "{lab.token}"}}}}'"""
    asks = 'echo "Password:" >&2; read -r answer || exit 3; echo "$answer"'
    users = {
        "works": plugin(tmp_path / "works", works),
        "asks": plugin(tmp_path / "asks", asks),
        "always": plugin(tmp_path / "always", works, "Always"),
        "gone": {"exec": {**plugin(tmp_path / "x", "")["exec"], "command": "fieldkit-no-plugin"}},
    }
    file = kubeconfig(tmp_path / "config", {name: (cluster, u) for name, u in users.items()})
    items = checked(file, "--all")
    assert (items["works"]["status"], items["works"]["user"]) == ("ok", "admin")
    failing = {name: item for name, item in items.items() if name != "works"}
    assert {item["status"] for item in failing.values()} == {"login needed"}
    assert items["asks"]["message"].endswith("failed with exit code 3")
    assert "its interactiveMode is Always" in items["always"]["message"]
    assert "executable fieldkit-no-plugin not found" in items["gone"]["message"]


def test_a_plugin_gets_no_terminal(cluster: Fields, tmp_path: Path) -> None:
    """Even where there is one: the same script reaches it when a shell runs it there."""
    script = f": 3<>/dev/tty && echo reached >> {tmp_path}/reached; exit 4"
    user = plugin(tmp_path / "tty", script)
    file = kubeconfig(tmp_path / "config", {"tty": (cluster, user)}, "tty")
    assert "failed with exit code" in _at_terminal([*COMMAND, "--check"], environ(file))
    assert not (tmp_path / "reached").exists()
    _at_terminal([str(tmp_path / "tty")], environ(file))
    assert (tmp_path / "reached").read_text() == "reached\n"


def test_a_plugin_that_hangs_is_ended(cluster: Fields, tmp_path: Path) -> None:
    """With the child that holds its output, at the time-out."""
    hangs = plugin(tmp_path / "hangs", _hanging(tmp_path))
    file = kubeconfig(tmp_path / "config", {"h": (cluster, hangs)})
    item = checked(file, "h", "--request-timeout", "1s")["h"]
    assert item["status"] == "login needed"
    assert item["message"] == "exec plugin timed out: it took longer than 1s"
    _wait_for_end(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_plugin(
    cluster: Fields, tmp_path: Path, number: signal.Signals
) -> None:
    """Nor its children; the signal ends the run as it should."""
    contexts = {"h": (cluster, plugin(tmp_path / "hangs", _hanging(tmp_path)))}
    file = kubeconfig(tmp_path / "config", contexts)
    command = [*COMMAND, "--check", "h", "--request-timeout", "5m"]
    with subprocess.Popen(command, env=environ(file)) as run:
        _wait(lambda: len(_pids(tmp_path)) == 2)
        run.send_signal(number)
        assert run.wait(PATIENCE) == -number
    _wait_for_end(tmp_path)


def test_a_name_that_is_not_there(tmp_path: Path) -> None:
    """Is an error; with --exit-code a 2, for nothing could be told."""
    file = kubeconfig(tmp_path / "config", {"prod": ({}, {})})
    message = 'error: no context exists with the name: "prd" (did you mean "prod"?)\n'
    assert ctx(file, "--check", "prd") == (1, "", message)
    assert ctx(file, "--check", "prd", "--exit-code") == (2, "", message)
    assert ctx(file, "--check")[2].startswith("error: current-context is not set")


def test_many_contexts(tmp_path: Path) -> None:
    """Sixteen are asked at a time, and all answer in their order."""
    names = [f"c{i}" for i in range(200)]
    contexts: dict[str, tuple[Fields, Fields]] = {
        name: ({"server": "http://127.0.0.1:1"}, {}) for name in names
    }
    file = kubeconfig(tmp_path / "config", contexts)
    checks = check_contexts(load_file(str(file)), names, 5.0, {})
    assert [check.name for check in checks] == names
    assert {check.status for check in checks} == {"unreachable"}


def _at_terminal(command: list[str], env: dict[str, str]) -> str:
    """What a program shows at a terminal of its own."""
    pid, terminal = pty.fork()
    if not pid:
        os.execvpe(command[0], command, env)
    shown = b""
    with suppress(OSError):  # which is the end of what a terminal shows
        while data := os.read(terminal, 65536):
            shown += data
    os.waitpid(pid, 0)
    os.close(terminal)
    return shown.decode()


def _hanging(folder: Path) -> str:
    """A script that waits for ever, with a child that does too."""
    return f"echo $$ > {folder}/pid.1; sh -c 'echo $$ > {folder}/pid.2; sleep 1000; :' ; :"


def _pids(folder: Path) -> list[int]:
    texts = [path.read_text().strip() for path in folder.glob("pid.*")]
    return [int(text) for text in texts if text]


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def _wait_for_end(folder: Path) -> None:
    assert len(_pids(folder)) == 2
    _wait(lambda: not any(_lives(pid) for pid in _pids(folder)))


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)

"""The frozen `kubectl ctx` and `kubectl ns`: whole, and light where no cluster is asked."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from freeze.plugins import Plugin
from kubectl_fieldkit.process import NOTHING
from tests.conftest import lacking_is_a_skip
from tests.freeze.built import Binaries
from tests.kubectl_ctx.terminal import terminal
from tests.lab.errors import Lacking

CONFIG = """apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://127.0.0.1:9"}}]
users: [{name: u, user: {token: t}}]
contexts:
- {name: web-10, context: {cluster: c, user: u, namespace: shop}}
- {name: web-2, context: {cluster: c, user: u}}
current-context: web-2
"""
NO_CLUSTER = {
    "ctx": [["web-10"], ["-"], ["-c"], [], ["-o", "name"], ["-n", "x"], ["-u"]],
    "ns": [["-c"], ["kube-system", "-f"], ["-", "-f"], ["-u"]],
}
A_CLUSTER = {"ctx": ["--check"], "ns": ["shop"]}


Frozen = Callable[[str], Path]  # a plugin's binary


@pytest.fixture(scope="session")
def frozen(binaries: Binaries) -> Frozen:
    """The binaries, by the names of their plugins."""
    return lambda plugin: binaries.binary(Plugin(plugin))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a kubeconfig of two contexts."""
    (tmp_path / "config").write_text(CONFIG)
    return tmp_path


@pytest.mark.parametrize("plugin", NO_CLUSTER)
def test_it_holds_what_a_terminal_takes(frozen: Frozen, plugin: str) -> None:
    """The picker's modules are in it, and what they take from the system."""
    archive = CArchiveReader(str(frozen(plugin)))
    modules = set(archive.open_embedded_archive("PYZ.pyz").toc)
    assert f"{Plugin(plugin).package}.cli.pick" in modules
    native = {name.rpartition("/")[2].partition(".")[0] for name in archive.toc}
    assert {"termios", "_ssl"} <= native
    assert ("fcntl" in native, "select" in native) == _are_shared_objects("fcntl", "select")


def _are_shared_objects(*modules: str) -> tuple[bool, ...]:
    """Which of these a binary has to carry: the others are part of the interpreter."""
    from importlib.machinery import BuiltinImporter

    return tuple(BuiltinImporter.find_spec(name) is None for name in modules)


@pytest.mark.parametrize("plugin", NO_CLUSTER)
def test_what_needs_no_cluster_loads_no_ssl(frozen: Frozen, home: Path, plugin: str) -> None:
    """Switching, listing and unsetting open neither Python's ssl nor OpenSSL; asking a server does."""
    with lacking_is_a_skip():
        if not shutil.which("strace"):
            raise Lacking("Debian packages (apt-get install strace)")
    for words in NO_CLUSTER[plugin]:
        code, opened = _opened([str(frozen(plugin)), *words], home)
        assert code == 0, words
        assert [file for file in opened if "ssl" in file] == [], words
    _, opened = _opened([str(frozen(plugin)), *A_CLUSTER[plugin]], home)
    assert [file for file in opened if "_ssl." in file] != []


def _opened(command: list[str], home: Path) -> tuple[int, list[str]]:
    """The exit code, and the files that were opened to be read: the bootloader writes all of its own."""
    trace = home / "trace"
    done = _run(["strace", "-f", "-e", "trace=openat", "-o", str(trace), *command], home)
    calls = [line for line in trace.read_text().splitlines() if "openat(" in line]
    read = [call for call in calls if "O_RDONLY" in call and "= -1" not in call]
    return done.returncode, [call.split('"')[1] for call in read]


def test_ctx_switches_and_lists(frozen: Frozen, home: Path) -> None:
    """Every byte but the name's stays, and the list is in natural order."""
    ctx = str(frozen("ctx"))
    assert _run([ctx], home).stdout == "web-2\nweb-10\n"
    assert _run([ctx, "web-10"], home).stderr == '✔ Switched to context "web-10".\n'
    assert (home / "config").read_text() == CONFIG.replace("text: web-2", "text: web-10")
    assert _run([ctx, "-c"], home).stdout == "web-10\n"
    assert _run([ctx, "-"], home).stderr == '✔ Switched to context "web-2".\n'
    assert (home / "config").read_text() == CONFIG


def test_ns_switches(frozen: Frozen, home: Path) -> None:
    """The namespace is in the context's entry, and goes without a trace."""
    ns = str(frozen("ns"))
    assert _run([ns, "-f", "kube-system"], home).stderr == '✔ Active namespace is "kube-system".\n'
    was, now = "{cluster: c, user: u}", "{cluster: c, user: u, namespace: kube-system}"
    assert (home / "config").read_text() == CONFIG.replace(was, now)
    assert _run([ns, "-c"], home).stdout == "kube-system\n"
    assert _run([ns, "-u"], home).returncode == 0
    assert (home / "config").read_text() == CONFIG


def test_ns_asks_the_cluster(frozen: Frozen, home: Path) -> None:
    """A name is verified: where no server is, nothing is changed."""
    done = _run([str(frozen("ns")), "kube-system"], home)
    assert done.returncode == 1
    assert "-f switches without asking the cluster" in done.stderr
    assert (home / "config").read_text() == CONFIG


def test_a_shell_gets_the_users_environment(frozen: Frozen, home: Path) -> None:
    """The shell of `--shell` sees the user's LD_LIBRARY_PATH and nothing of the unpacked folder."""
    shell = home / "shell"
    shell.write_text("#!/bin/sh\nenv\n")
    shell.chmod(0o755)
    own = {"SHELL": str(shell), "LD_LIBRARY_PATH": "/opt/users/own"}
    done = _run([str(frozen("ctx")), "--shell", "web-10"], home, own)
    assert done.returncode == 0
    environ = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    assert environ["LD_LIBRARY_PATH"] == "/opt/users/own"
    assert {name for name in environ if name.startswith(("_PYI", "_MEI"))} == set()
    assert [value for value in environ.values() if "_MEI" in value] == []


@pytest.mark.root
def test_the_picker_works_at_a_terminal(frozen: Frozen, home: Path) -> None:
    """The binary draws its own picker, and Enter takes what was typed."""
    with lacking_is_a_skip(), terminal(home) as opened:
        opened.line(str(frozen("ctx")))
        opened.wait("web-10")
        opened.type("10")
        opened.press("Enter")
        opened.wait('Switched to context "web-10"')


@pytest.mark.root
def test_the_picker_knows_how_wide_a_letter_is(frozen: Frozen, home: Path) -> None:
    """A name that is not ASCII is drawn and taken: the table of widths is in the binary."""
    (home / "config").write_text(CONFIG.replace("name: web-10", "name: 東京-10"))
    with lacking_is_a_skip(), terminal(home) as opened:
        opened.line(str(frozen("ctx")))
        opened.wait("東京-10")
        opened.type("10")
        opened.press("Enter")
        opened.wait('Switched to context "東京-10"')


def _run(
    command: list[str], home: Path, added: Mapping[str, str] = NOTHING
) -> subprocess.CompletedProcess[str]:
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "KUBECONFIG": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        **added,
    }
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

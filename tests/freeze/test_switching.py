"""The frozen `kubectl ctx` and `kubectl ns`: whole, and light where no cluster is asked."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from freeze.binary import Plugin, freeze
from tests.conftest import lacking_is_a_skip
from tests.kubectl_ctx.terminal import terminal
from tests.lab.errors import Lacking

pytestmark = pytest.mark.binary

CONFIG = """apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "http://127.0.0.1:9"}}]
users: [{name: u, user: {token: t}}]
contexts:
- {name: web-2, context: {cluster: c, user: u}}
- {name: web-10, context: {cluster: c, user: u, namespace: shop}}
current-context: web-2
"""
NO_CLUSTER = {
    "ctx": [["web-10"], ["-"], ["-c"], ["-o", "name"], ["-n", "x"], ["-u"]],
    "ns": [["-c"], ["-f", "kube-system"], ["-u"]],
}


@pytest.fixture(scope="module", params=NO_CLUSTER)
def frozen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each of the two binaries, of this very tree."""
    return freeze(Plugin(request.param), tmp_path_factory.mktemp("dist"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a kubeconfig of two contexts."""
    (tmp_path / "config").write_text(CONFIG)
    return tmp_path


def test_it_holds_no_kubernetes_client(frozen: Path) -> None:
    """The official client is not in it, and what a terminal takes is."""
    archive = CArchiveReader(str(frozen))
    modules = set(archive.open_embedded_archive("PYZ.pyz").toc)
    assert not {name for name in modules if name.partition(".")[0] == "kubernetes"}
    native = " ".join(name for _, _, _, _, name in archive.toc.values()) + " ".join(archive.toc)
    assert [name for name in ("termios", "fcntl", "select") if name not in native] == []


def test_what_needs_no_cluster_loads_no_ssl(frozen: Path, home: Path) -> None:
    """Switching, listing and unsetting open neither Python's ssl module nor OpenSSL."""
    if not shutil.which("strace"):
        with lacking_is_a_skip():
            raise Lacking("strace (apt-get install strace)")
    plugin = frozen.name.removeprefix("kubectl-")
    for words in NO_CLUSTER[plugin]:
        trace = home / "trace"
        strace = ["strace", "-f", "-e", "trace=openat", "-o", str(trace)]
        run = _run([*strace, str(frozen), *words], home)
        assert run.returncode == 0, run.stderr
        loaded = [line for line in trace.read_text().splitlines() if "O_WRONLY" not in line]
        loaded = [line for line in loaded if "O_CREAT" not in line and "= -1" not in line]
        assert not [line for line in loaded if "_ssl." in line or "libssl" in line], words


def test_it_switches(frozen: Path, home: Path) -> None:
    """A switch by the binary is in the file, and kubectl's neighbours of the entry stay."""
    plugin = frozen.name.removeprefix("kubectl-")
    words, wanted = (
        (["web-10"], "current-context: web-10") if plugin == "ctx" else (["-f", "x"], "x")
    )
    run = _run([str(frozen), *words], home)
    assert run.returncode == 0, run.stderr
    assert wanted in (home / "config").read_text()


@pytest.mark.root
@pytest.mark.parametrize("frozen", ["ctx"], indirect=True)
def test_its_picker_works_at_a_terminal(frozen: Path, home: Path) -> None:
    """The binary draws its own picker, and Enter takes what was typed."""
    with lacking_is_a_skip(), terminal(home) as opened:
        opened.line(str(frozen))
        opened.wait("web-10")
        opened.type("10")
        opened.press("Enter")
        opened.wait('Switched to context "web-10"')


def _run(command: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "KUBECONFIG": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
    }
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

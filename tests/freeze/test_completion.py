"""The frozen binary as its own completer, installed beside krew's link."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kubectl_ctx.checking import Fields, kubeconfig
from tests.kubectl_fieldkit.cluster.listener import Listener, silent
from tests.kubectl_fieldkit.completion.installed import PATIENCE, environment, run
from tests.lab.lab import Lab


@pytest.fixture(scope="module")
def cluster(lab: Lab) -> Iterator[Lab]:
    """The shared control plane with a node to complete."""
    lab.add_node("tab-frozen")
    yield lab
    lab.kubectl("delete", "node", "tab-frozen")


@pytest.fixture(scope="module")
def completer(lab: Lab, installed: Path) -> Path:
    """What `kubectl taints completion install` puts beside krew's link."""
    path = os.pathsep.join((str(installed.parent), os.defpath))
    done = run(
        [lab.kubectl_path, "taints", "completion", "install"], environment() | {"PATH": path}
    )
    assert (done.returncode, done.stderr) == (0, "")
    link = installed.with_name("kubectl_complete-taints")
    assert link.readlink() == Path("kubectl-taints")
    return link


def test_kubectl_hears_of_live_names(cluster: Lab, completer: Path) -> None:
    """Through krew's link, the bootloader and kubectl."""
    environ = cluster.environ | {"PATH": os.pathsep.join((str(completer.parent), os.defpath))}
    deadline = time.monotonic() + PATIENCE
    command: list[str | Path] = [cluster.kubectl_path, "__complete", "taints", "tab-f"]
    while (shown := run(command, environ).stdout) == ":4\n":
        assert time.monotonic() < deadline
    assert shown == "tab-frozen\n:4\n"


def test_a_silent_server_leaves_nothing_behind(completer: Path, tmp_path: Path) -> None:
    """The look-up that is left behind keeps neither the process nor its unpacked folder."""
    folder = tmp_path / "unpacked"
    folder.mkdir()
    with Listener(silent) as server:
        contexts: dict[str, tuple[Fields, Fields]] = {
            "c": ({"server": f"https://{server.authority}"}, {})
        }
        file = kubeconfig(tmp_path / "config", contexts, "c")
        done = run([completer, ""], environment(KUBECONFIG=str(file), TMPDIR=str(folder)))
    assert (done.returncode, done.stdout, done.stderr) == (0, ":4\n", "")
    assert list(folder.iterdir()) == []
    left = subprocess.run(["pgrep", "-f", str(completer)], capture_output=True, check=False)
    assert left.stdout == b""

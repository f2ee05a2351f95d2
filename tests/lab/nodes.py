"""Two real nodes, kubelet and containers and all, in network namespaces of this machine."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.lab.build import MODULE, build, cache, digest, key, locked
from tests.lab.errors import LabError, Lacking
from tests.lab.kubectl import Kubectl, clean_environ
from tests.lab.toolchain import find_go

SCRIPTS = MODULE / "node"
RUN = Path("/tmp/fieldkit-nodes")  # one a machine: the bridge and the addresses are fixed
IMAGES = ("images.sh", "mkimg.py", "tiny/go.mod", "tiny/main.go")
NAMES = ("node1", "node2")


@dataclass(frozen=True, slots=True)
class RealNodes:
    """A cluster of `node1` (kube-proxy in iptables mode) and `node2` (nftables)."""

    kubeconfig: Path
    kubectl: Kubectl

    def switch_mode(self, mode: str, daemonset: str = "kube-proxy") -> None:
        """Gives a kube-proxy another mode, as an admin does, and waits until it has rolled out."""
        _run("mode.sh", mode, daemonset)


@contextmanager
def real_nodes() -> Iterator[RealNodes]:
    """Brings the nodes up and, whatever happens, down; `Lacking` where the machine cannot."""
    if lack := missing():
        raise Lacking(f"real nodes need {lack}")
    with locked(cache() / "nodes.lock"):
        _run("down.sh")  # what a killed session left
        try:
            _run("up.sh")
            kubeconfig, kubectl = RUN / "kubeconfig", build() / "kubectl"
            yield RealNodes(kubeconfig, Kubectl(kubectl, clean_environ(RUN, kubeconfig, kubectl)))
        finally:
            _run("down.sh")


def missing() -> str:
    """What this machine lacks for real nodes, empty if nothing."""
    if os.geteuid():
        return "root"
    if Path("/sys/fs/cgroup/cgroup.controllers").exists():
        return "cgroup v1"
    wanted = (SCRIPTS / "packages.txt").read_text().split()
    lacking = " ".join(sorted(set(wanted) - _installed(wanted)))
    return f"Debian packages (apt-get install {lacking})" if lacking else ""


def _installed(packages: list[str]) -> set[str]:
    if not shutil.which("dpkg-query"):
        return set()
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\\n", *packages]
    rows = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return {row.split()[0] for row in rows if row.endswith(" installed")}


def _run(script: str, *args: str) -> None:
    command: list[str | Path] = ["bash", SCRIPTS / script, *args]
    run = subprocess.run(command, env=_environ(), capture_output=True, text=True, check=False)
    if run.returncode:
        raise LabError(f"{script}: exit code {run.returncode}\n{run.stdout}{run.stderr}")


def _environ() -> dict[str, str]:
    """What node/env.sh asks for: images are kept by what they are made of."""
    state = cache() / f"nodes-{digest(key(MODULE), SCRIPTS, [SCRIPTS / part for part in IMAGES])}"
    go = find_go(MODULE, cache()).parent
    return {
        **os.environ,
        "LAB": str(build() / "lab"),
        "LAB_RUN": str(RUN),
        "LAB_STATE": str(state),
        "PATH": f"{go}{os.pathsep}{os.environ['PATH']}",
    }

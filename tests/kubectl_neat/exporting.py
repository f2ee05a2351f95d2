"""What the tests of `kubectl neat export` share: the command, kinds, and the folder as a mapping."""

import os
import subprocess
import sys
from pathlib import Path

from kubectl_fieldkit.cluster.discovery import ApiResource

COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_neat", "export"]

NAMESPACES = ApiResource("", "v1", "namespaces", "namespace", "Namespace", False)
CONFIG_MAPS = ApiResource("", "v1", "configmaps", "configmap", "ConfigMap", True)


def environ(kubeconfig: Path) -> dict[str, str]:
    """The tests' environment, with one cluster."""
    return {**os.environ, "KUBECONFIG": str(kubeconfig)}


def export(kubeconfig: Path, *args: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr."""
    done = subprocess.run(
        [*COMMAND, *args],
        env=environ(kubeconfig),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def content(folder: Path) -> dict[str, bytes]:
    """Each file below the folder by its path, hidden ones too."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

"""`kubectl taints` as the tests run it."""

import os
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_taints"]


def environ(kubeconfig: Path) -> dict[str, str]:
    """The tests' environment, with one cluster."""
    return {**os.environ, "KUBECONFIG": str(kubeconfig)}


def taints(kubeconfig: Path, *args: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr, where nobody sits at a terminal."""
    done = subprocess.run(
        [*COMMAND, *args],
        env=environ(kubeconfig),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr

"""`kubectl neat` as the tests run it."""

import os
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-W", "error", "-m", "kubectl_neat"]
NOWHERE = Path("/nonexistent")


def neat(kubeconfig: Path, *args: object, given: str = "") -> tuple[int, str, str]:
    """Exit code, stdout and stderr; `given` is stdin."""
    done = subprocess.run(
        [*COMMAND, *map(str, args)],
        env={**os.environ, "KUBECONFIG": str(kubeconfig), "NO_COLOR": "1"},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr
